import { onStore, store } from '../data/client';
import type { SyncStatus } from '../data/store';

const UNKNOWN: SyncStatus = {
  online: false,
  syncing: false,
  lastSync: null,
  waiting: 0,
  refused: 0,
  signInNeeded: false,
  full: false,
};

/** How the device stands towards the server, for the banner. */
class Connection {
  #status = $state.raw<SyncStatus>(UNKNOWN);
  #online = $derived(this.#status.online); // apart: much that asks the server asks again when this, and only this, changes
  #lastSync = $derived(this.#status.lastSync === null ? null : new Date(this.#status.lastSync));

  get online(): boolean {
    return this.#online;
  }
  get syncing(): boolean {
    return this.#status.syncing;
  }
  get lastSync(): Date | null {
    return this.#lastSync;
  }
  get waiting(): number {
    return this.#status.waiting;
  }
  get refused(): number {
    return this.#status.refused;
  }
  /** The session ended; everything is kept, nothing can be sent. */
  get signInNeeded(): boolean {
    return this.#status.signInNeeded;
  }
  /** The device has no room left. */
  get full(): boolean {
    return this.#status.full;
  }

  /** Hear the worker, and tell it what only a page can know: that it is looked at, that a network came. */
  start(): void {
    onStore((event) => {
      if (event.kind === 'status') this.#status = event.status;
    });
    void store.status().then((status) => (this.#status = status));
    addEventListener('online', () => void store.sync());
    addEventListener('offline', () => void store.sync());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void store.sync();
    });
  }

  /** The button. */
  async sync(): Promise<void> {
    this.#status = await store.sync();
  }
}

export const connection = new Connection();
