/**
 * Search over everything this device holds. The index lives in this worker's memory alone: it is made when somebody first searches,
 * and follows every change from then on, so nothing of it is left on the disk and no right has to be taken out of it twice.
 */
import type { SearchHit, StoreEvent } from '../data/store';
import type { Envelope, Text } from '../model/documents';
import { splitId } from '../model/envelope';
import { around, asked, entryOf, rank, textSaying, type Entry } from '../model/found';
import type { OpenAccount } from './account';
import { getDocument } from './documents';

const most = 60; // hits of one question
const page = 500; // documents read at once: others are answered in between

export class Finder {
  /** By space, then by id. */
  readonly #entries = new Map<string, Map<string, Entry>>();
  /** What changed since: ids of a space; «all» where the whole space must be read again. */
  readonly #stale = new Map<string, Set<string> | 'all'>();
  #listed = false;
  #reading: Promise<void> | undefined;

  constructor(private readonly account: OpenAccount) {}

  /** Hear what the store tells; cheap while nobody searches. */
  heard(event: StoreEvent): void {
    if (event.kind === 'spaces') this.#listed = false;
    if (event.kind !== 'changes' || !this.#entries.has(event.space)) return;
    const known = this.#stale.get(event.space);
    if (event.ids.length === 0) this.#stale.set(event.space, 'all');
    else if (known !== 'all')
      this.#stale.set(event.space, new Set([...(known ?? []), ...event.ids.map(String)]));
  }

  async find(words: string): Promise<SearchHit[]> {
    const terms = asked(words);
    if (terms.length === 0) return [];
    await this.#fresh();
    const found = rank(this.#all(), terms, most);
    return Promise.all(found.map((entry) => this.#hit(entry, terms)));
  }

  *#all(): Generator<Entry> {
    for (const entries of this.#entries.values()) yield* entries.values();
  }

  /** One reading at a time; who asks meanwhile waits for it, then looks whether more has changed. */
  async #fresh(): Promise<void> {
    while (this.#reading) await this.#reading;
    if (this.#listed && this.#stale.size === 0) return;
    this.#reading = this.#read().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  async #read(): Promise<void> {
    this.#listed = true;
    const records = await this.account.shelf.all('spaces');
    const open = new Set(records.filter(({ rebuild }) => rebuild !== 'lost').map(({ name }) => name));
    for (const space of this.#entries.keys()) if (!open.has(space)) this.#entries.delete(space);
    for (const space of open) if (!this.#entries.has(space)) this.#stale.set(space, 'all');
    for (const [space, ids] of [...this.#stale]) {
      this.#stale.delete(space);
      if (!open.has(space)) continue;
      if (ids === 'all') await this.#readAll(space);
      else await this.#readSome(space, [...ids]);
    }
  }

  async #readAll(space: string): Promise<void> {
    const entries = new Map<string, Entry>();
    this.#entries.set(space, entries);
    const [database, hidden] = await Promise.all([this.account.database(space), this.#hidden(space)]);
    let after: string | undefined;
    for (;;) {
      const from = after === undefined ? {} : { startkey: after, skip: 1 };
      const { rows } = await database.allDocs({ include_docs: true, limit: page, ...from });
      for (const row of rows)
        if ('doc' in row && row.doc && !hidden.has(row.id)) this.#take(space, row.id, row.doc);
      if (rows.length < page) return;
      after = rows.at(-1)!.id;
    }
  }

  async #readSome(space: string, keys: string[]): Promise<void> {
    const [database, hidden] = await Promise.all([this.account.database(space), this.#hidden(space)]);
    const { rows } = await database.allDocs({ include_docs: true, keys });
    for (const [n, row] of rows.entries())
      this.#take(space, keys[n]!, 'doc' in row && row.doc && !hidden.has(row.id) ? row.doc : undefined);
  }

  #take(space: string, id: string, document: Envelope | undefined): void {
    const entry = document && entryOf(space, document);
    if (entry) this.#entries.get(space)?.set(id, entry);
    else this.#entries.get(space)?.delete(id);
  }

  async #hidden(space: string): Promise<Set<string>> {
    const unsent = await this.account.shelf.all('unsent', space);
    return new Set(unsent.filter(({ state }) => state === 'hidden').map(({ id }) => id));
  }

  /** With the words around it, and where it was found: the item of its partition, and the process. */
  async #hit({ space, id, type, name }: Entry, terms: readonly string[]): Promise<SearchHit> {
    const document = await getDocument<Envelope>(this.account, space, id);
    const { partition } = splitId(id);
    const of = this.#entries.get(space);
    const items = ['task', 'objective', 'phase'].map((kind) => of?.get(`all:${kind}:${partition}`));
    const item = items.find((one) => one !== undefined && one.id !== id);
    const process: Text | undefined = of?.get(`all:process:${space.replace(/^process-/, '')}`)?.name;
    return {
      space,
      id,
      type,
      name,
      snippet: document ? around(textSaying(document, terms), terms) : [],
      ...(item ? { item: item.id, itemName: item.name } : {}),
      ...(process ? { process } : {}),
    };
  }
}
