/**
 * A server for the worker's tests: PouchDB answers behind the door's routes, and each fault of a network or
 * a gate can be switched on. What the real server does is tested against the real one (tests/journeys).
 */
import { openLocal, type Body, type Database } from '../pouch';

let servers = 0;

export class TestServer {
  readonly name = `server-${(servers += 1)}`;
  readonly spaces = new Map<string, { database: Database; lost: number; kind: string }>();
  readonly files = new Map<string, Blob>();
  readonly requests: string[] = [];
  uuid = 'first-life';
  account: string | null = null;
  /** The gate: a sentence is a lasting no. */
  judge: (document: Body) => string | null = () => null;
  /** What goes wrong: called with each request before it is answered. */
  fault: (path: string, body: string) => Response | 'lost' | null = () => null;
  /** What may be read; the rest looks as if it were not there. */
  reads: (id: string) => boolean = () => true;

  space(name: string, kind: string): Database {
    const database = openLocal(`${this.name}/${name}`);
    this.spaces.set(name, { database, lost: 0, kind });
    return database;
  }

  readonly fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { pathname, search, searchParams } = new URL(String(url));
    this.requests.push(`${init.method ?? 'GET'} ${pathname}${search}`);
    const body = typeof init.body === 'string' ? init.body : '';
    const fault = this.fault(pathname, body);
    if (fault === 'lost') throw new TypeError('fetch failed');
    if (fault) return fault;
    if (pathname.startsWith('/api/v1/files/')) return this.#file(pathname, init);
    if (pathname === '/api/v1/spaces') return json(await this.#list());
    if (pathname === '/db/') return json({ couchdb: 'Welcome', uuid: this.uuid });
    if (pathname === '/db/_db_updates') return json(await this.#updates(searchParams.get('since')));
    const [, , space = '', verb = '', local = ''] = pathname.split('/');
    const found = this.spaces.get(decodeURIComponent(space));
    if (!found) return json({ error: 'not_found', reason: 'missing' }, 404);
    return this.#door(found.database, verb, local, body, init.method ?? 'GET', searchParams);
  };

  async #door(
    database: Database,
    verb: string,
    local: string,
    body: string,
    method: string,
    query: URLSearchParams,
  ): Promise<Response> {
    const said = JSON.parse(body || '{}') as never;
    if (verb === '_local') return this.#local(database, `_local/${decodeURIComponent(local)}`, method, said);
    if (verb === '_revs_diff') return json(await database.revsDiff(said));
    if (verb === '_bulk_get') return json(await database.bulkGet({ ...(said as { docs: [] }), revs: true }));
    if (verb === '_changes') {
      const page = await database.changes({
        since: Number(query.get('since') ?? 0),
        limit: Number(query.get('limit') ?? 1000),
        style: 'all_docs',
      });
      return json({ ...page, results: page.results.filter((row) => this.reads(row.id)) });
    }
    if (verb === '_bulk_docs') return json(await this.#write(database, (said as { docs: Body[] }).docs), 201);
    return json(await database.info());
  }

  async #write(database: Database, docs: Body[]) {
    const refused = docs.flatMap((document) => {
      const reason = this.judge(document);
      return reason ? [{ id: document._id, rev: document._rev, error: 'forbidden', reason }] : [];
    });
    const ids = new Set(refused.map((row) => row.id));
    await database.bulkDocs(
      docs.filter((document) => !ids.has(document._id)),
      { new_edits: false },
    );
    return refused;
  }

  async #local(database: Database, id: string, method: string, said: object): Promise<Response> {
    const there = await database.get(id).catch(() => undefined);
    if (method === 'GET') return there ? json(there) : json({ error: 'not_found', reason: 'missing' }, 404);
    const { rev } = await database.put({ ...said, _id: id, _rev: there?._rev } as unknown as Body);
    return json({ ok: true, id, rev }, 201);
  }

  async #file(path: string, init: RequestInit): Promise<Response> {
    if (init.method === 'PUT') {
      const range = new Headers(init.headers).get('Content-Range');
      const before = range && !range.startsWith('bytes 0-') ? [this.files.get(path)!] : [];
      const file = new Blob([...before, init.body as Blob]);
      this.files.set(path, file);
      return new Response(null, { status: 201, headers: { 'Upload-Offset': String(file.size) } });
    }
    const file = this.files.get(path);
    if (!file) return new Response(null, { status: 404 });
    if (init.method === 'HEAD')
      return new Response(null, { headers: { 'Upload-Offset': String(file.size) } });
    return new Response(file);
  }

  async #list() {
    const spaces = [...this.spaces].map(([name, { kind, lost }]) => ({
      ...{ name, kind, lost, gained: 0, documents: 0, bytes: 0, files: 0, fileBytes: 0 },
      member: 'me',
    }));
    return { account: this.account, server: this.name, spaces };
  }

  async #updates(since: string | null) {
    const stands = [...this.spaces].map(async ([name, { database, lost }]) => ({
      ...{ db_name: name, type: 'updated', gained: 0, lost },
      seq: `${(await database.info()).update_seq}-${this.uuid}-0`, // another life of the server, another epoch
    }));
    const results = await Promise.all(stands);
    const last_seq = JSON.stringify(results);
    return { results: since === last_seq ? [] : results, last_seq };
  }
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}
