/** PouchDB with what is used and nothing more: local databases in IndexedDB, remote ones, replication. */
import HttpAdapter from 'pouchdb-adapter-http';
import IdbAdapter from 'pouchdb-adapter-idb';
import PouchDB from 'pouchdb-core';
import Replication from 'pouchdb-replication';
import type { Envelope } from '../model/documents';

PouchDB.plugin(IdbAdapter).plugin(HttpAdapter).plugin(Replication);

export type Body = Envelope & Record<string, unknown>;
export type Database = PouchDB.Database<Body>;
export type Fetch = (url: string | Request, options?: RequestInit) => Promise<Response>;

/**
 * A local database. The `idb` adapter and not `indexeddb`: two open tabs break that one, and a database
 * that was compacted away could not tell what a refused edit had changed.
 */
export function openLocal(name: string): Database {
  return new PouchDB<Body>(name, { adapter: 'idb', auto_compaction: false });
}

/**
 * A database of the server. One failed `_bulk_get` makes PouchDB ask document by document until the page is
 * loaded again, for every database of that server; an empty one, which `fetch` answers itself, settles the
 * matter before the network can.
 */
export async function openRemote(url: string, fetch: Fetch): Promise<Database> {
  const remote = new PouchDB<Body>(url, { adapter: 'http', skip_setup: true, fetch });
  await remote.bulkGet({ docs: [] });
  return remote;
}
