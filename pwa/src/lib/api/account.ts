/** My own account: what I am called, how I get in, where I am signed in, what was recorded about me. */
import { ask, query } from './ask';
import type { Account, Provider } from './session';
import { makePasskey, options, type Asked } from './webauthn';

export interface OwnAccount extends Account {
  emailVerified: boolean;
  /** There is one. */
  password: boolean;
  /** Those it is linked to. */
  providers: Provider[];
  /** A day, as all dates here. */
  created: string;
}

export interface Passkey {
  id: string;
  name: string;
  created: string;
  used: string | null;
  /** Kept in more places than one device. */
  synced: boolean;
}

export interface Device {
  id: string;
  /** Coarse: «Chrome, Android»; of a program, what it was called. */
  name: string;
  kind: 'phone' | 'tablet' | 'computer' | 'program' | 'unknown';
  created: string;
  lastSeen: string;
  here: boolean;
  /** Said to be lost; it is wiped at its next contact. */
  lost: boolean;
}

/** The way in of another program: a script, a native app, another CouchDB. */
export interface ProgramKey {
  id: string;
  name: string;
  scope: 'replication' | 'api';
  created: string;
  lastSeen: string | null;
}

/** One line of what was recorded: who did what, when. No content, no address. */
export interface Recorded {
  id: string;
  at: string;
  /** Account id; null: the server itself. */
  who: string | null;
  what: string;
  /** Id of the process it happened in. */
  process: string | null;
}

export const read = () => ask<OwnAccount>('GET', 'account');
export const change = (what: Partial<Pick<OwnAccount, 'name' | 'language' | 'sharesSync'>>) =>
  ask<OwnAccount>('PATCH', 'account', what);
/** A code goes to the new address; the old one stays until it is given back. */
export const changeEmail = (email: string) => ask<void>('PUT', 'account/email', { email });
export const confirmEmail = (code: string) => ask<void>('PUT', 'account/email/code', { code });
/** Without `old` where there was none, or shortly after signing in with a code. */
export const changePassword = (password: string, old: string, signOutOthers: boolean) =>
  ask<void>('PUT', 'account/password', { password, signOutOthers, ...(old ? { old } : {}) });
/**
 * The end of the account. Throws Problem `sign_in_again` when the last sign-in is too long ago, `last_administrator` where
 * nobody else is in charge of something, unless told `anyway`.
 */
export const erase = (anyway: boolean) => ask<void>('DELETE', `account${sure(anyway)}`);
const sure = (anyway: boolean) => query({ anyway: anyway ? 'true' : undefined });

export const passkeys = () => ask<{ passkeys: Passkey[] }>('GET', 'passkeys').then((all) => all.passkeys);
/** Make a passkey on this device; false: the person thought better of it. */
export async function addPasskey(name: string): Promise<boolean> {
  const asked = await ask<{ options: Asked }>('POST', 'passkeys/options');
  const credential = await makePasskey(options(asked.options));
  if (credential) await ask('POST', 'passkeys', { credential, name });
  return credential !== null;
}
export const renamePasskey = (id: string, name: string) => ask<void>('PATCH', `passkeys/${id}`, { name });
/** Throws Problem `last_credential` where nothing else lets the person in again, unless told `anyway`. */
export const removePasskey = (id: string, anyway: boolean) =>
  ask<void>('DELETE', `passkeys/${id}${sure(anyway)}`);

export const devices = () => ask<{ devices: Device[] }>('GET', 'devices').then((all) => all.devices);
export const signOutDevice = (id: string) => ask<void>('DELETE', `devices/${id}`);
export const deviceIsLost = (id: string) => ask<void>('POST', `devices/${id}/lost`);

export const programs = () =>
  ask<{ credentials: ProgramKey[] }>('GET', 'credentials').then((all) => all.credentials);
/** The token is told this once. */
export const addProgram = (name: string, scope: ProgramKey['scope']) =>
  ask<ProgramKey & { account: string; token: string }>('POST', 'credentials', { name, scope });
export const removeProgram = (id: string) => ask<void>('DELETE', `credentials/${id}`);

/** Newest first; `next` goes into `after` for the next page. */
export const recorded = (after = '') =>
  ask<{ lines: Recorded[]; next: string | null }>('GET', `account/audit${query({ after })}`);
