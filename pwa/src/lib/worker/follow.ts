/**
 * Lists that stay true without being sent again: first everything, page by page, then only what changed since a mark.
 *
 * The mark is this device's own: the local database and its sequence number. PouchDB's local feed of changes tells exactly what
 * was written here after it, by whom and from where ever, so no event can be missed between two questions. Another database
 * (rebuilt after a lost right, another person) is another mark: then everything is told anew.
 */
import type { Followed, Held, News, Range } from '../data/store';
import type { Head } from '../model/head';
import type { Envelope } from '../model/documents';
import type { OpenAccount } from './account';
import type { Body } from './pouch';

const PAGE = 500; // documents in one message: a slow phone takes them in between two frames
const HEADS = 2000;
const LATEST = 5000; // ids of news that are told; who was away longer is told of the newest

type Row = Held<Body>;

/** The documents of a range: all of them, or with a `mark` what changed and what went since. */
export async function follow<D extends Envelope>(
  account: OpenAccount,
  space: string,
  range: Range,
  from: { mark?: string; after?: string } = {},
): Promise<Followed<Held<D>>> {
  const { documents, ...rest } = await read(account, space, range, from, PAGE);
  return { ...rest, documents: documents as unknown as Held<D>[] };
}

/** The same for a whole space, of each document only what it is. */
export async function heads(
  account: OpenAccount,
  space: string,
  from: { mark?: string; after?: string } = {},
): Promise<Followed<Head>> {
  const { documents, ...rest } = await read(account, space, {}, from, HEADS);
  return { ...rest, documents: documents.map(headOf) };
}

/** Ids of what was written or deleted here after a mark, and the mark of now. An unknown mark: nothing is known to be new. */
export async function news(account: OpenAccount, space: string, mark?: string): Promise<News> {
  const record = await account.record(space);
  const database = await account.database(space);
  const since = sequenceOf(mark, database.name);
  if (since === undefined || record?.rebuild === 'lost') {
    const { update_seq: now } = await database.info();
    return { ids: [], mark: markOf(database.name, now), known: false };
  }
  const { results, last_seq: now } = await database.changes({ since });
  return { ids: results.slice(-LATEST).map((row) => row.id), mark: markOf(database.name, now), known: true };
}

async function read(
  account: OpenAccount,
  space: string,
  range: Range,
  { mark, after }: { mark?: string; after?: string },
  page: number,
): Promise<Followed<Row>> {
  if ((await account.record(space))?.rebuild === 'lost')
    return { documents: [], gone: [], mark: '', whole: true };
  const database = await account.database(space);
  const hidden = (await account.shelf.all('unsent', space))
    .filter((entry) => entry.state === 'hidden')
    .map((entry) => entry.id)
    .filter((id) => inRange(id, range));
  const shown = (rows: Row[]) => rows.filter((row) => !hidden.includes(row._id));

  const since = sequenceOf(mark, database.name);
  if (since !== undefined && after === undefined) {
    const { results, last_seq: now } = await database.changes({
      since,
      include_docs: true,
      conflicts: true,
    });
    const mine = results.filter((row) => inRange(row.id, range));
    const gone = mine.filter((row) => row.deleted).map((row) => row.id);
    const changed = mine.flatMap((row) => (row.deleted || !row.doc ? [] : [row.doc as unknown as Row]));
    return {
      documents: shown(changed),
      gone: [...gone, ...hidden],
      mark: markOf(database.name, now),
      whole: false,
    };
  }
  const prefix = prefixOf(range);
  const answer = (await database.allDocs({
    startkey: after === undefined ? prefix : `${after}\u0000`,
    endkey: `${prefix}\uffff`,
    limit: page,
    include_docs: true,
    conflicts: true,
    update_seq: true,
  })) as unknown as { rows: { id: string; doc?: Row }[]; update_seq: number };
  const last = answer.rows.length === page ? answer.rows.at(-1)?.id : undefined;
  return {
    documents: shown(answer.rows.flatMap((row) => row.doc ?? [])).filter((row) => inRange(row._id, range)),
    gone: [],
    mark: after === undefined ? markOf(database.name, answer.update_seq) : (mark ?? ''),
    whole: after === undefined,
    ...(last === undefined ? {} : { next: last }),
  };
}

/** What a document is, without its words: a name, and whom it is for. What somebody is asked to do is short, and told. */
function headOf(document: Row): Head {
  const { _id, type, author, by, at } = document;
  const { name, about, status, state, people, teams, due } = document as unknown as Partial<Head>;
  const text = type === 'assignment' ? String(document.text ?? '').slice(0, 200) : undefined;
  const told = { name, about, status, state, people, teams, due, text };
  const kept = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const turn = Number.parseInt(document._rev, 10);
  return { _id, type, author, by, at, turn, ...(document._conflicts?.length ? { two: true } : {}), ...kept };
}

const prefixOf = ({ partition, type }: Range) =>
  partition === undefined ? '' : type === undefined ? `${partition}:` : `${partition}:${type}:`;
const inRange = (id: string, range: Range) => id.includes(':') && id.startsWith(prefixOf(range));

const markOf = (database: string, sequence: number | string) => `${sequence} ${database}`;
function sequenceOf(mark: string | undefined, database: string): number | undefined {
  const [sequence = '', ...name] = mark?.split(' ') ?? [];
  return name.join(' ') === database && /^\d+$/.test(sequence) ? Number(sequence) : undefined;
}
