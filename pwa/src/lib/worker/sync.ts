/**
 * When to sync, and one run of it. Only the leader runs (locks.ts). A run asks one question, «how do my
 * spaces stand?»; with nothing new and nothing to send, that is all it costs.
 */
import type { SyncStatus } from '../data/store';
import type { OpenAccount } from './account';
import { BackOff } from './backoff';
import { fetchKept, sendFiles, sendFilesAgain } from './transfer';
import { rebuild } from './rebuild';
import { letIn } from './recover';
import { report } from './report';
import { connect, pull, push, type Run } from './replicate';
import { refreshSpaces } from './spaces';
import type { SpaceRecord } from './shelf';
import { Status } from './status';
import { Later, makeWire, type Wire } from './wire';

/** How one space stands, as the wake-up feed tells it. */
export interface Moved {
  db_name: string;
  seq: string;
  gained?: number;
  lost?: number;
}

const QUESTION = 12_000; // ms: a small answer that takes longer means no network

/** The state a pull has reached; compared as a whole, never read. */
export const standOf = (moved: Moved) => `${moved.seq} ${moved.gained ?? 0} ${moved.lost ?? 0}`;

export class Sync {
  readonly status: Status;
  readonly wire: Wire;
  readonly #backOff = new BackOff();
  #asked = { last: '', stands: new Map<string, string>() };
  #running: Promise<void> | undefined;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  #notBefore = 0; // time (ms) at which the server may be asked again

  constructor(
    readonly account: OpenAccount,
    readonly origin: string,
    fetch?: typeof globalThis.fetch,
  ) {
    this.status = new Status(account);
    const wire = makeWire({
      origin,
      language: () => account.key.language,
      heard: (online) => this.status.set({ online }),
      ...(fetch ? { fetch } : {}),
    });
    // PouchDB makes errors of its own out of those it meets, so the time is noted where it is told.
    this.wire = (path, init) =>
      wire(path, init).catch((problem: unknown) => {
        if (problem instanceof Later) this.#notBefore = Date.now() + problem.seconds * 1000;
        throw problem;
      });
  }

  /** Run now; a run under way is followed by another. Settles when nothing is left to do, well or not. */
  run(): Promise<SyncStatus> {
    clearTimeout(this.#timer);
    this.#again = true;
    this.#running ??= this.#loop().finally(() => (this.#running = undefined));
    return this.#running.then(() => this.status.now);
  }

  /** Run soon: several wishes are one run. */
  soon(delay = 300): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(), delay);
  }

  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#again = false;
    await this.#running;
  }

  async #loop(): Promise<void> {
    this.status.set({ syncing: true });
    while (this.#again && !this.#ended) {
      this.#again = false;
      if (this.#wait() > 0) {
        this.soon(this.#wait());
        break;
      }
      try {
        await this.#once();
        this.#backOff.reset();
        await this.status.synced(new Date());
        await report(this.account, this.wire, new Date());
      } catch (problem) {
        const expected = (problem as Error).name === 'NoAnswer' || this.#wait() > 0;
        if (!expected) console.warn('sync ended early:', problem);
        this.soon(this.#wait() || this.#backOff.next());
      }
    }
    await this.status.count();
    this.status.set({ syncing: false });
    this.account.tell({ kind: 'outbox' });
  }

  /** Milliseconds for which the server asked to be left alone. */
  #wait(): number {
    return Math.max(0, this.#notBefore - Date.now());
  }

  async #once(): Promise<void> {
    const stands = await this.#ask();
    if (await this.#listIsOld(stands)) {
      const signedIn = await refreshSpaces(this.account, this.wire);
      this.status.set({ signInNeeded: !signedIn && this.account.key.account !== '-' });
    } else this.status.set({ signInNeeded: false });

    const records = await this.account.shelf.all('spaces');
    const signedOut = this.status.now.signInNeeded;
    const problems: unknown[] = [];
    const work = (await this.#withWork(records, stands)).filter(
      (record) => !signedOut || record.kind === 'commons',
    );
    if (work.length) {
      const welcome = (await this.#json('/db/')) as Run['welcome'];
      const run: Run = { account: this.account, wire: this.wire, origin: this.origin, welcome };
      // One space's trouble does not keep the others waiting.
      for (const record of work) {
        await this.#space(run, record, stands.get(record.name)).catch((problem) => problems.push(problem));
        if (this.#wait() > 0) throw problems[0];
      }
      // What was refused just now is kept in my own space; that goes too.
      const own = signedOut ? undefined : records.find((record) => record.kind === 'person');
      if (own && (await this.#waits(own.name))) await push(run, own, await connect(run, own.name));
    }
    if (!signedOut) await sendFiles(this.account, this.wire);
    await fetchKept(this.account, this.wire);
    if (problems.length) throw problems[0];
  }

  async #space(run: Run, record: SpaceRecord, stand: string | undefined): Promise<void> {
    // A server restored from a backup has another uuid, and may lack what it once acknowledged.
    const restored = record.pushed !== undefined && record.pushed !== run.welcome.uuid;
    const moved = stand !== undefined && stand !== record.pulled;
    if (restored || (await this.#waits(record.name)))
      await push(run, record, await connect(run, record.name));
    const now = await this.account.record(record.name);
    if (now?.rebuild) await rebuild(run, now);
    else if (moved) {
      const { remote } = await connect(run, record.name);
      await pull(run, record.name, this.account.local(record.database), remote);
    }
    if (record.asked !== run.welcome.uuid) await sendFilesAgain(run, record);
    const { doc_count: held } = await (await this.account.database(record.name)).info();
    const pulled = stand === undefined ? {} : { pulled: stand };
    await this.account.shelf.change(
      'spaces',
      [record.name],
      (after) => after && { ...after, held, complete: true, ...pulled },
    );
    if (!record.complete || now?.rebuild) this.account.tell({ kind: 'spaces' });
    if (moved && record.kind === 'person' && (await letIn(this.account))) this.#again = true;
  }

  async #ask(): Promise<Map<string, string>> {
    const since = encodeURIComponent(this.#asked.last);
    const path = `/db/_db_updates?feed=normal${since && `&since=${since}`}`;
    const said = (await this.#json(path)) as { results: Moved[]; last_seq: string };
    // Told nothing: as it was when we last asked.
    if (!since || said.last_seq !== this.#asked.last)
      this.#asked = {
        last: String(said.last_seq),
        stands: new Map(said.results.map((moved) => [moved.db_name, standOf(moved)])),
      };
    return this.#asked.stands;
  }

  /** The list of spaces is asked for when the feed names others, or counters of rights moved. */
  async #listIsOld(stands: Map<string, string>): Promise<boolean> {
    const records = await this.account.shelf.all('spaces');
    const known = new Map(records.map((record) => [record.name, record]));
    if (records.length !== stands.size || this.status.now.signInNeeded) return true;
    const rights = (stand: string | undefined) => stand?.slice(stand.indexOf(' '));
    return [...stands].some(
      ([name, stand]) => !known.has(name) || rights(known.get(name)!.pulled) !== rights(stand),
    );
  }

  /** Text of people first: my own space, spaces with something to send, processes, then the commons. */
  async #withWork(records: SpaceRecord[], stands: Map<string, string>): Promise<SpaceRecord[]> {
    const ranked: [number, SpaceRecord][] = [];
    for (const record of records) {
      const waits = await this.#waits(record.name);
      const moved = stands.has(record.name) && stands.get(record.name) !== record.pulled;
      const rank = record.kind === 'person' ? 0 : waits ? 1 : record.kind === 'process' ? 2 : 3;
      if (waits || moved || record.rebuild) ranked.push([rank, record]);
    }
    return ranked.sort(([a], [b]) => a - b).map(([, record]) => record);
  }

  async #waits(space: string): Promise<boolean> {
    return (await this.account.shelf.all('unsent', space)).some((entry) => entry.state === 'waiting');
  }

  async #json(path: string): Promise<unknown> {
    const answer = await this.wire(path, { timeout: QUESTION });
    // The session ended elsewhere: everything stays here, and the person is asked to sign in again.
    if (answer.status === 401 && this.account.key.account !== '-') this.status.set({ signInNeeded: true });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
  }
}
