/**
 * The fetch that PouchDB replicates with. It sees every answer before PouchDB does, and writes down what the
 * answer means for my work before letting it pass: killed in between, the worker sends again, is answered
 * alike and writes the same down. (PouchDB's own `denied` event comes after its checkpoint: killed then, the
 * refusal would be lost.) docs/replication.md tells what is answered how.
 */
import type { OpenAccount } from './account';
import type { Body, Fetch } from './pouch';
import { rescue } from './rescue';
import { removeDocument } from './documents';
import { markFiles } from './files';
import { Later, type Wire } from './wire';

interface RefusalRow {
  id: string;
  rev?: string;
  error?: string;
  reason?: string;
}
/** What a run of the replicator did to my own documents. */
export interface Testimony {
  acknowledged: string[];
  refused: string[];
}

const RETRIES = [1_000, 4_000]; // ms; _bulk_get only reads, so asking again is harmless
const LASTING = new Set(['forbidden', 'unauthorized']);

export class Witness {
  readonly testimony: Testimony = { acknowledged: [], refused: [] };

  constructor(
    private readonly account: OpenAccount,
    private readonly space: string,
    private readonly wire: Wire,
    /** What `GET /db/` said at the beginning of this run: PouchDB names its checkpoints by it. */
    private readonly welcome: unknown,
    private readonly wait = (ms: number) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  readonly fetch: Fetch = async (url, options = {}) => {
    const { pathname, search } = new URL(typeof url === 'string' ? url : url.url);
    const path = pathname + search;
    if (pathname === '/db/') return json(this.welcome);
    const verb = pathname.slice(pathname.lastIndexOf('/') + 1);
    if (verb === '_revs_diff') return this.#revsDiff(path, options);
    if (verb === '_bulk_docs') return this.#bulkDocs(path, options);
    if (verb === '_bulk_get') return this.#bulkGet(path, options);
    return this.wire(path, options);
  };

  /** A revision the server does not lack has been received. */
  async #revsDiff(path: string, options: RequestInit): Promise<Response> {
    const asked = JSON.parse(String(options.body)) as Record<string, string[]>;
    const answer = await this.wire(path, options);
    if (!answer.ok) return answer;
    const lacks = (await answer.json()) as Record<string, { missing?: string[] }>;
    for (const [id, revs] of Object.entries(asked)) {
      const missing = new Set(lacks[id]?.missing ?? []);
      for (const rev of revs) if (!missing.has(rev)) await this.#acknowledged(id, rev);
    }
    return json(lacks);
  }

  /** Answered without an error: received. Refused for good: rescued. */
  async #bulkDocs(path: string, options: RequestInit): Promise<Response> {
    const batch = JSON.parse(String(options.body)) as { docs: Body[]; new_edits: boolean };
    const answer = await this.wire(path, options);
    if (answer.status === 413) return this.#inHalves(path, options, batch, answer);
    if (!answer.ok) return answer;
    const rows = (await answer.json()) as RefusalRow[];
    const errors = new Map(rows.filter((row) => row.error).map((row) => [`${row.id} ${row.rev ?? ''}`, row]));
    for (const document of batch.docs) {
      const row = errors.get(`${document._id} ${String(document._rev)}`) ?? errors.get(`${document._id} `);
      if (!row) await this.#acknowledged(document._id, String(document._rev));
      else if (LASTING.has(row.error!)) await this.#refused(document, row.reason ?? '');
    }
    return json(rows, answer.status);
  }

  /** Too large for one request: in two. Too large alone: that is a lasting no, and the rest goes on. */
  async #inHalves(path: string, options: RequestInit, batch: { docs: Body[] }, answer: Response) {
    const send = (docs: Body[]) =>
      this.#bulkDocs(path, { ...options, body: JSON.stringify({ ...batch, docs }) });
    const [only] = batch.docs;
    if (batch.docs.length > 1) {
      const middle = Math.ceil(batch.docs.length / 2);
      const rows: RefusalRow[] = [];
      for (const half of [batch.docs.slice(0, middle), batch.docs.slice(middle)]) {
        const part = await send(half);
        if (!part.ok) return part;
        rows.push(...((await part.json()) as RefusalRow[]));
      }
      return json(rows, 201);
    }
    const said = (await answer.json().catch(() => ({}))) as { reason?: string };
    const reason = `too_large: ${said.reason ?? ''}`;
    await this.#refused(only!, reason);
    return json([{ id: only!._id, rev: only!._rev, error: 'forbidden', reason }], 201);
  }

  async #bulkGet(path: string, options: RequestInit): Promise<Response> {
    if (String(options.body) === '{"docs":[]}') return json({ results: [] }); // openRemote asks if we can
    for (const pause of [...RETRIES, undefined]) {
      try {
        const answer = await this.wire(path, options);
        if (answer.status < 500 || pause === undefined) return answer;
      } catch (problem) {
        if (pause === undefined || problem instanceof Later) throw problem;
      }
      await this.wait(pause);
    }
    throw new Error('unreachable');
  }

  async #acknowledged(id: string, rev: string): Promise<void> {
    let closes: string[] = [];
    await this.account.shelf.change('unsent', [this.space, id], (entry) => {
      if (entry?.rev !== rev) return undefined; // not mine, or I have written more since
      closes = entry.closes;
      this.testimony.acknowledged.push(id);
      return null;
    });
    const own = this.account.personSpace;
    if (own) for (const record of closes) await removeDocument(this.account, own, record);
  }

  async #refused(document: Body, said: string): Promise<void> {
    const entry = await this.account.shelf.get('unsent', this.space, document._id);
    const mine = entry ? entry.rev === document._rev : document.device === this.account.key.device;
    if (!mine || entry?.state === 'hidden') return;
    if (!this.testimony.refused.includes(document._id)) this.testimony.refused.push(document._id);
    const base = entry?.base ?? null;
    await rescue(this.account, this.space, document, said, base);
    if (base === null) await markFiles(this.account, this.space, document, 'waiting', 'held');
    // The server has other words under this id than this database: only building it anew makes them equal.
    if (!entry || base !== null)
      await this.account.shelf.change(
        'spaces',
        [this.space],
        (record) => record && { ...record, rebuild: record.rebuild ?? 'refused' },
      );
    await this.account.shelf.change('unsent', [this.space, document._id], (now) => {
      if (now?.rev !== document._rev) return undefined;
      return now!.base === null ? { ...now!, state: 'refused' } : null;
    });
  }
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}
