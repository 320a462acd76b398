/** Who is signed in on this device, and the ways in. */
import { language } from '../i18n/language.svelte';
import { ask } from './ask';
import { request } from './client';
import { options, type Asked, type Given } from './webauthn';

export interface Account {
  id: string;
  /** Empty until the person chose one (after signing in with a provider). */
  name: string;
  language: string;
  email: string | null;
  /** Of the whole server. */
  administrator: boolean;
  /** How many passkeys the account has. */
  passkeys: number;
  /** There is a way in again when this device is gone. */
  recoverable: boolean;
  /** Coordinators may see when each phone of mine last synced and how much waits. */
  sharesSync: boolean;
}

export interface Session {
  /** Null: nobody. */
  account: Account | null;
  /** «This phone is lost», somebody said elsewhere: everything of theirs must go. */
  wipe: boolean;
  /** The account was disabled: nothing syncs, all work is kept. */
  disabled: boolean;
}

export interface Meta {
  server: { id: string; name: string; version: string };
  documents: Record<string, number>;
  oldestClient: string;
  languages: string[];
  demo: boolean;
}

/** Another server that knows people and vouches for them (OpenID Connect). */
export interface Provider {
  name: string;
  label: string;
}

/** Which ways in this server offers. */
export interface Ways {
  providers: Provider[];
  /** Whether somebody new needs an invitation. */
  registration: 'open' | 'invited';
  /** Whether this address can have passkeys. */
  passkeys: boolean;
}

export const meta = () => request<Meta>('GET', 'meta');

/** Who the cookie says we are. */
export const whoAmI = () => request<Session>('GET', 'session');

export const signOut = () => request<void>('DELETE', 'session');

/** One way in: begins a session on a device and answers whose it is. Throws Problem or Unreachable. */
export type WayIn = (device: string) => Promise<Account>;

const begin = (method: 'POST' | 'PUT', path: string, body: object) =>
  ask<{ account: Account }>(method, path, body).then(({ account }) => account);

export const withPassword =
  (email: string, password: string): WayIn =>
  (device) =>
    begin('POST', 'session', { email, password, device });

/** Ask for a code by e-mail, good on this device. The answer never tells whether the address is known. */
export const askForCode = (email: string, device: string, invitation?: string) =>
  ask<void>('POST', 'session/code', { email, device, language: language.code, ...and({ invitation }) });

/** `name` is needed (Problem `name_needed`) when nobody had the address yet. */
export const withCode =
  (email: string, code: string, name?: string, invitation?: string): WayIn =>
  (device) =>
    begin('PUT', 'session/code', {
      ...{ email, code, device, language: language.code },
      ...and({ name, invitation }),
    });

/** An account that is nothing but a name; only an invitation opens that door. */
export const withName =
  (name: string, invitation: string): WayIn =>
  (device) =>
    begin('POST', 'accounts', { name, device, invitation, language: language.code });

/** What to ask the browser with. */
export const askForPasskey = () =>
  ask<{ options: Asked }>('POST', 'session/passkey/options').then((answer) => options(answer.options));

export const withPasskey =
  (credential: Given): WayIn =>
  (device) =>
    begin('POST', 'session/passkey', { credential, device });

export const ways = () => request<Ways>('GET', 'session/providers');

/** The address that begins signing in with a provider; it comes back to `next`, a path of ours. */
export const providerAddress = (provider: string, next: string) =>
  `/api/v1/session/oidc/${encodeURIComponent(provider)}?next=${encodeURIComponent(next)}`;

/** Those members that are given: the server knows no «undefined». */
const and = (members: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value));
