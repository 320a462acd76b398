import * as api from '../api/session';
import type { Account, Meta } from '../api/session';
import { Unreachable } from '../api/client';
import { store } from '../data/client';
import { remember, remembered, deviceId, forget, type Remembered } from '../data/remembered';

/**
 * Who uses this device. The account is remembered so that the app opens offline as the same person; the
 * cookie alone lets it send. Signed out means: only `commons`, under the account «-».
 */
class Session {
  #account = $state.raw<Account | null>(null);
  #server = $state('');
  #meta = $state.raw<Meta | null>(null);
  #ready = $state(false);
  #language = $state('en');

  /** Null: signed out. */
  get account(): Account | null {
    return this.#account;
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

  /** Once at start, and again when the network returns. Opens from memory first; then asks the server. */
  async start(language: string): Promise<void> {
    this.#language = language;
    const known = remembered();
    if (known && !known.leaving) await this.#open(known.server, known.account);
    try {
      if (known?.leaving) await this.#finishLeaving(known);
      this.#meta = await api.meta();
      const account = await api.whoAmI();
      // A session that ended keeps its person: «sign in again to send» (connection.signInNeeded).
      const person = account ?? this.#account;
      if (this.#meta.server.id !== this.#server || person?.id !== this.#account?.id || !this.#ready)
        await this.#open(this.#meta.server.id, person);
    } catch (problem) {
      if (!(problem instanceof Unreachable)) throw problem;
    }
  }

  /** Throws Problem (wrong password) or Unreachable. */
  async signIn(email: string, password: string): Promise<void> {
    const account = await api.signIn(email, password, deviceId(), this.#language);
    this.#meta = await api.meta();
    await this.#open(this.#meta.server.id, account);
    await store.refreshSpaces();
    void store.sync();
  }

  /**
   * Leave this device: every local database and file of the account is deleted, offline too. While
   * something is unsent it answers how much, and does nothing unless told `anyway`.
   */
  async signOut({ anyway = false } = {}): Promise<{ unsent: number }> {
    const unsent = anyway ? 0 : (await store.outbox()).length;
    if (unsent > 0) return { unsent };
    const known = { server: this.#server, account: this.#account, leaving: true };
    remember(known);
    await store.wipe();
    await this.#finishLeaving(known).catch(() => undefined); // offline: the cookie goes at the next start
    await this.#open(this.#server, null, !!remembered()?.leaving);
    return { unsent: 0 };
  }

  /** The person chose another language. */
  async speak(language: string): Promise<void> {
    this.#language = language;
    if (this.#ready) await this.#open(this.#server, this.#account);
  }

  async #finishLeaving(known: Remembered): Promise<void> {
    await api.signOut();
    if (remembered()?.leaving) forget();
    this.#server = known.server;
  }

  async #open(server: string, account: Account | null, leaving = false): Promise<void> {
    if (!leaving) remember({ server, account, leaving: false });
    this.#server = server;
    await store.open({ server, account: account?.id ?? '-', device: deviceId(), language: this.#language });
    this.#account = account;
    this.#ready = true;
  }
}

export const session = new Session();
