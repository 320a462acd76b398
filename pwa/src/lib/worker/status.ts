import type { SyncStatus } from '../data/store';
import type { OpenAccount } from './account';
import { rescuesOf } from './rescues';

/** How the device stands towards the server, told to every tab when it changes. */
export class Status {
  #now: SyncStatus = {
    online: false,
    syncing: false,
    lastSync: null,
    waiting: 0,
    refused: 0,
    signInNeeded: false,
    full: false,
  };

  readonly #waiting: ((status: SyncStatus) => void)[] = [];

  constructor(private readonly account: OpenAccount) {}

  get now(): SyncStatus {
    return this.#now;
  }

  /** What was true when the device was last used, and what waits now. */
  async load(): Promise<void> {
    const lastSync = (await this.account.shelf.get('notes', 'lastSync'))?.value as string | undefined;
    await this.count();
    this.set({ lastSync: lastSync ?? null });
  }

  set(change: Partial<SyncStatus>): void {
    const next = { ...this.#now, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#now)) return;
    this.#now = next;
    this.account.tell({ kind: 'status', status: next });
  }

  /** The leader in another tab told; it is not told on. */
  follow(status: SyncStatus): void {
    this.#now = status;
    if (status.syncing) return;
    this.#waiting.splice(0).forEach((done) => done(status));
  }

  /** When the leader has next ended a run; at the latest after half a minute. */
  settled(): Promise<SyncStatus> {
    return new Promise((done) => {
      this.#waiting.push(done);
      setTimeout(() => done(this.#now), 30_000);
    });
  }

  async synced(at: Date): Promise<void> {
    const lastSync = at.toISOString();
    await this.account.shelf.put('notes', { name: 'lastSync', value: lastSync });
    this.set({ lastSync });
  }

  /** Contributions and files that wait, work that was refused. My own space's housekeeping does not count. */
  async count(): Promise<void> {
    const [unsent, rescues, files] = await Promise.all([
      this.account.shelf.all('unsent'),
      rescuesOf(this.account),
      this.account.shelf.all('files'),
    ]);
    const own = this.account.personSpace;
    const waiting = unsent.filter((entry) => entry.state === 'waiting' && entry.space !== own).length;
    const uploads = files.filter((file) => file.state === 'waiting').length;
    const { usage = 0, quota = 0 } = (await globalThis.navigator?.storage?.estimate?.()) ?? {};
    this.set({
      waiting: waiting || uploads,
      refused: rescues.length,
      full: quota > 0 && usage > quota * 0.98,
    });
  }
}
