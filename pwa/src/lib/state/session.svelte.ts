import { Unreachable } from '../api/client';
import * as api from '../api/session';
import type { Account, Meta, WayIn } from '../api/session';
import { onStore, store } from '../data/client';
import {
  deviceId,
  forgetDevice,
  onRemembered,
  recall,
  remember,
  remembered,
  type Known,
} from '../data/remembered';
import type { AccountKey } from '../data/store';
import { silence } from '../data/subscription';
import { forgetInvitation } from './invitation';

const NOBODY: api.Session = { account: null, wipe: false, disabled: false };

/**
 * Who uses this device. The account is remembered so that the app opens offline as the same person; the
 * cookie alone lets it send. Signed out means: only `commons`, under the account «-».
 */
class Session {
  #account = $state.raw<Known | null>(null);
  #told = $state.raw<Account | null>(null);
  #meta = $state.raw<Meta | null>(null);
  #disabled = $state(false);
  #ready = $state(false);
  #language = $state('en');
  #server = '';
  #asking: Promise<void> | undefined;
  #turn = 0; // moves when somebody signs in or out here: answers to older questions are no longer true

  /** Null: signed out. */
  get account(): Known | null {
    return this.#account;
  }
  /** What the server last said of the account; null before its answer, and once the session ended. */
  get told(): Account | null {
    return this.#told;
  }
  /** The server's people disabled the account: nothing syncs, everything is kept here. */
  get disabled(): boolean {
    return this.#disabled;
  }
  /** What the server last said of itself; null before the first answer. */
  get meta(): Meta | null {
    return this.#meta;
  }
  /** Language of the screens; refusals are asked for in it. */
  get language(): string {
    return this.#language;
  }
  /** It is known who uses the device, and the local data can be asked. */
  get ready(): boolean {
    return this.#ready;
  }
  /** Name of my own space: drafts and rescued work. */
  get personSpace(): string | null {
    return this.#account && `person-${this.#account.id}`;
  }
  get device(): string {
    return deviceId();
  }

  /** Once, at start. Resolves as soon as local data can be asked; a device that knows a person waits for no network. */
  async start(language: string): Promise<void> {
    this.#language = language;
    onRemembered(() => void this.#follow());
    let ended = false;
    onStore((event) => {
      if (event.kind !== 'status') return;
      const ends = event.status.signInNeeded && !ended; // ask once why
      ended = event.status.signInNeeded;
      if (ends || (event.status.online && !this.#meta)) void this.#ask();
    });
    addEventListener('online', () => void this.#ask());
    const known = await recall();
    if (!known) return this.#ask();
    if (known.erasing) {
      await store.open(this.#key(known.server, known.erasing));
      await store.wipe();
    }
    await this.#open(known.server, known.leaving ? null : known.account, known.leaving);
    void this.#ask();
  }

  /** Sign in one way or another. Throws Problem (wrong password, too many tries) or Unreachable. */
  async enter(way: WayIn): Promise<void> {
    const account = await way(deviceId());
    this.#turn += 1;
    this.#meta = await api.meta();
    await this.#open(this.#meta.server.id, account);
    this.#told = account;
    await store.sharesSync(account.sharesSync);
    await store.refreshSpaces();
    void store.sync();
  }

  /** Ask again what the server says of us: after a change of name, address or passkeys. */
  refresh(): Promise<void> {
    return this.#ask();
  }

  /**
   * Leave this device: every local database and file of the account is deleted, offline too. While
   * something is unsent it answers how much, and does nothing unless told `anyway`.
   */
  async signOut({ anyway = false } = {}): Promise<{ unsent: number }> {
    const unsent = anyway ? 0 : (await store.outbox()).length;
    if (unsent > 0) return { unsent };
    await this.#erase();
    await this.#ask(); // offline: the cookie is ended at the first chance, before anything else
    return { unsent: 0 };
  }

  /** Nothing of the person stays on this device. What a dying device only began goes on at its next start. */
  async #erase(): Promise<void> {
    this.#turn += 1;
    const erasing = this.#account ? { erasing: this.#account.id } : {};
    await remember({ server: this.#server, account: null, leaving: true, ...erasing });
    await Promise.all([store.wipe(), silence()]);
    forgetDevice();
    forgetInvitation();
    await this.#open(this.#server, null, true);
  }

  /** The person chose another language. */
  async speak(language: string): Promise<void> {
    this.#language = language;
    if (this.#ready) await this.#open(this.#server, this.#account, remembered()?.leaving);
  }

  /** Ask the server who it is and who we are. A session that ended keeps its person: «sign in again to send». */
  #ask(): Promise<void> {
    return (this.#asking ??= this.#meet().finally(() => (this.#asking = undefined)));
  }

  async #meet(): Promise<void> {
    const turn = this.#turn;
    try {
      const leaving = remembered()?.leaving ?? false;
      if (leaving) await api.signOut();
      const meta = await api.meta();
      const same = meta.server.id === this.#server;
      const { account: told, wipe, disabled } = leaving ? NOBODY : await api.whoAmI();
      if (turn !== this.#turn) return;
      if (wipe && same && this.#account) {
        await this.#erase(); // «this phone is lost»: nobody is asked
        await api.signOut();
        return location.replace('/'); // what this page holds in memory goes too
      }
      const account: Known | null = told ?? (same && !leaving ? this.#account : null);
      if (!same || differ(account, this.#account) || leaving || !this.#ready)
        await this.#open(meta.server.id, account);
      this.#told = told;
      if (told) await store.sharesSync(told.sharesSync);
      if (disabled && same && this.#account) await store.letGo();
      this.#disabled = disabled;
      this.#meta = meta;
    } catch (problem) {
      if (!(problem instanceof Unreachable)) console.warn('the server would not say who we are:', problem);
    }
  }

  /** Another tab signed in or out. */
  async #follow(): Promise<void> {
    const known = remembered();
    if (!known || known.account?.id === this.#account?.id) return;
    await this.#open(known.server, known.account, known.leaving);
    if (!known.account) location.replace('/'); // screens of somebody who left
  }

  async #open(server: string, person: Known | null, leaving = false): Promise<void> {
    const account = person && known(person);
    this.#server = server;
    await remember({ server, account, leaving });
    await store.open(this.#key(server, account?.id ?? '-'));
    this.#account = account;
    if (!account) this.#told = null;
    this.#ready = true;
  }

  #key(server: string, account: string): AccountKey {
    return { server, account, device: deviceId(), language: this.#language };
  }
}

const known = ({ id, name, language, recoverable }: Known): Known =>
  recoverable === false ? { id, name, language, recoverable } : { id, name, language };
const differ = (one: Known | null, other: Known | null) =>
  JSON.stringify(one && known(one)) !== JSON.stringify(other && known(other));

export const session = new Session();
