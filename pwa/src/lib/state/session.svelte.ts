import { Unreachable } from '../api/client';
import * as api from '../api/session';
import type { Account, Meta } from '../api/session';
import { onStore, store } from '../data/client';
import { deviceId, forgetDevice, onRemembered, remember, remembered } from '../data/remembered';

/**
 * Who uses this device. The account is remembered so that the app opens offline as the same person; the
 * cookie alone lets it send. Signed out means: only `commons`, under the account «-».
 */
class Session {
  #account = $state.raw<Account | null>(null);
  #meta = $state.raw<Meta | null>(null);
  #ready = $state(false);
  #language = $state('en');
  #server = '';
  #asking: Promise<void> | undefined;

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

  /** Once, at start. Resolves as soon as local data can be asked; a device that knows a person waits for no network. */
  async start(language: string): Promise<void> {
    this.#language = language;
    onRemembered(() => void this.#follow());
    onStore((event) => {
      if (event.kind === 'status' && event.status.online && !this.#meta) void this.#ask();
    });
    addEventListener('online', () => void this.#ask());
    const known = remembered();
    if (!known) return this.#ask();
    await this.#open(known.server, known.leaving ? null : known.account, known.leaving);
    void this.#ask();
  }

  /** Throws Problem (wrong password, too many tries) or Unreachable. */
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
    remember({ server: this.#server, account: null, leaving: true });
    await store.wipe();
    forgetDevice();
    await this.#open(this.#server, null, true);
    await this.#ask(); // offline: the cookie is ended at the first chance, before anything else
    return { unsent: 0 };
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
    try {
      const leaving = remembered()?.leaving ?? false;
      if (leaving) await api.signOut();
      const meta = await api.meta();
      const same = meta.server.id === this.#server;
      const account = (leaving ? null : await api.whoAmI()) ?? (same ? this.#account : null);
      const moved = !same || account?.id !== this.#account?.id;
      if (moved || leaving || !this.#ready) await this.#open(meta.server.id, account);
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
  }

  async #open(server: string, account: Account | null, leaving = false): Promise<void> {
    this.#server = server;
    remember({ server, account, leaving });
    await store.open({ server, account: account?.id ?? '-', device: deviceId(), language: this.#language });
    this.#account = account;
    this.#ready = true;
  }
}

export const session = new Session();
