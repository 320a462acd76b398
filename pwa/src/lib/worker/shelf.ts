/**
 * What the worker itself must remember of one account, in its own IndexedDB database: which spaces there
 * are and under which name their documents lie, what I wrote that the server has not acknowledged, files.
 * It is written before PouchDB moves on, so a killed worker finds everything again.
 */
import type { SpaceKind } from '../data/store';
import type { Text } from '../model/documents';

export interface SpaceRecord {
  name: string;
  kind: SpaceKind;
  title?: Text;
  member?: string;
  administrator?: boolean;
  documents: number;
  bytes: number;
  files: number;
  fileBytes: number;
  /** Counter of lost rights as last told; another one than `lostBuilt` asks for a rebuild. */
  lost: number;
  lostBuilt: number;
  /** The local database that is read and written now. */
  database: string;
  /** The one being built to take its place. */
  next?: string;
  rebuild?: 'lost' | 'refused';
  /** State of the space at the last complete pull (`seq` of _db_updates) and the server it came from. */
  pulled?: string;
  /** The server that was told everything of this database; another one gets a push pass. */
  pushed?: string;
  /** The server that was asked for every file of this space that is here; another one may lack some. */
  asked?: string;
  /** Documents here after that pull: asking PouchDB would open every database at start. */
  held?: number;
  /** The person asked for it offline; `filesAt`: the state at which all its files were here. */
  kept: boolean;
  filesAt?: string;
  complete: boolean;
}

/** A revision of mine that the server has not acknowledged. */
export interface Unsent {
  space: string;
  id: string;
  /** Null: begun to write, and killed before the revision was known (settled at start). */
  rev: string | null;
  at: string;
  /** The last revision that is not my unsent work; null: the server has never had this document. */
  base: string | null;
  /** Rescue records that end when this is acknowledged. */
  closes: string[];
  /** hidden: refused and given up, or deleted before it was ever sent. */
  state: 'waiting' | 'refused' | 'hidden';
}

export interface FileRecord {
  space: string;
  partition: string;
  sha256: string;
  type: string;
  size: number;
  blob: Blob;
  /** held: no document names it yet · waiting: to be sent · here: the server has it too. */
  state: 'held' | 'waiting' | 'here';
  at: string;
}

interface Stores {
  spaces: SpaceRecord;
  unsent: Unsent;
  files: FileRecord;
  notes: { name: string; value: unknown };
}
const KEYS: Record<keyof Stores, string | string[]> = {
  spaces: 'name',
  unsent: ['space', 'id'],
  files: ['space', 'partition', 'sha256'],
  notes: 'name',
};

export class Shelf {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(name: string): Promise<Shelf> {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(KEYS))
        opening.result.createObjectStore(store, { keyPath });
    };
    const database = await answer(opening);
    database.onversionchange = () => database.close(); // another tab signs out
    return new Shelf(database);
  }

  async get<S extends keyof Stores>(store: S, ...key: string[]): Promise<Stores[S] | undefined> {
    const found: unknown = await answer(this.#store(store, 'readonly').get(one(key)));
    return found as Stores[S] | undefined;
  }

  /** All of a store, or those whose key begins with `prefix`. */
  async all<S extends keyof Stores>(store: S, ...prefix: string[]): Promise<Stores[S][]> {
    const range = prefix.length ? IDBKeyRange.bound(prefix, [...prefix, []]) : undefined;
    return (await answer(this.#store(store, 'readonly').getAll(range))) as Stores[S][];
  }

  async put<S extends keyof Stores>(store: S, value: Stores[S]): Promise<void> {
    await written(this.#store(store, 'readwrite').put(value));
  }

  /** Read, change and write in one transaction; `change` answers undefined to leave it, null to delete it. */
  async change<S extends keyof Stores>(
    store: S,
    key: string[],
    change: (value: Stores[S] | undefined) => Stores[S] | undefined | null,
  ): Promise<Stores[S] | undefined> {
    const objects = this.#store(store, 'readwrite');
    const before = (await answer(objects.get(one(key)))) as Stores[S] | undefined;
    const after = change(before);
    if (after === null) await written(objects.delete(one(key)));
    else if (after !== undefined) await written(objects.put(after));
    return after ?? undefined;
  }

  async delete(store: keyof Stores, ...key: string[]): Promise<void> {
    await written(this.#store(store, 'readwrite').delete(one(key)));
  }

  close(): void {
    this.database.close();
  }

  #store(store: keyof Stores, mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(store, mode).objectStore(store);
  }
}

/** Delete a database of ours; resolves also when other tabs still hold it (it goes when they let go). */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((done) => {
    const deleting = indexedDB.deleteDatabase(name);
    deleting.onsuccess = deleting.onerror = deleting.onblocked = () => done();
  });
}

const one = (key: string[]): IDBValidKey => (key.length === 1 ? key[0]! : key);

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

/** Resolves when the transaction is on disk, not merely asked for. */
function written(request: IDBRequest): Promise<void> {
  return new Promise((done, failed) => {
    const transaction = request.transaction!;
    transaction.oncomplete = () => done();
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}
