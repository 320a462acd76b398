/** Read and write documents here. Writing notes what is unsent first, so that nothing is ever unaccounted. */
import type { Held, ItemState } from '../data/store';
import type { Envelope } from '../model/documents';
import { isNewer } from '../model/versions';
import type { OpenAccount } from './account';
import { markFiles } from './files';
import type { Body } from './pouch';
import { rescuesOf } from './rescues';
import type { Unsent } from './shelf';

/** Written by a newer app: what this one does not understand it must not write over. */
export class NewerDocument extends Error {
  constructor(id: string) {
    super(`${id} was written by a newer version of the app`);
    this.name = 'NewerDocument';
  }
}

export async function getDocument<D extends Envelope>(
  account: OpenAccount,
  space: string,
  id: string,
): Promise<Held<D> | undefined> {
  if (await isHidden(account, space, id)) return undefined;
  const found = await missing(() => account.database(space).then((db) => db.get(id, { conflicts: true })));
  return found as Held<D> | undefined;
}

export async function getVersion<D extends Envelope>(
  account: OpenAccount,
  space: string,
  id: string,
  rev: string,
): Promise<Held<D> | undefined> {
  const found = await missing(() => account.database(space).then((db) => db.get(id, { rev })));
  return found as Held<D> | undefined;
}

/** One key range: what belongs together lies together. */
export async function listDocuments<D extends Envelope>(
  account: OpenAccount,
  space: string,
  partition: string,
  type?: string,
): Promise<Held<D>[]> {
  if ((await account.record(space))?.rebuild === 'lost') return [];
  const prefix = type === undefined ? `${partition}:` : `${partition}:${type}:`;
  const database = await account.database(space);
  const [{ rows }, unsent] = await Promise.all([
    database.allDocs({ startkey: prefix, endkey: `${prefix}\uffff`, include_docs: true, conflicts: true }),
    account.shelf.all('unsent', space),
  ]);
  const hidden = new Set(unsent.filter((entry) => entry.state === 'hidden').map((entry) => entry.id));
  return rows.flatMap((row) =>
    'doc' in row && row.doc && !hidden.has(row.id) ? [row.doc] : [],
  ) as Held<D>[];
}

/** `closes`: rescue records that end when the server accepts this. */
export async function putDocument<D extends Envelope>(
  account: OpenAccount,
  space: string,
  document: D,
  closes: string[] = [],
): Promise<Held<D>> {
  const kept = await account.writing(space, async (database) => {
    const before = await missing(() => database.get(document._id, { revs: true }));
    if (before && isNewer(before)) throw new NewerDocument(document._id);
    const ended = [...closes, ...(await descendsFrom(account, space, document._id, before))];
    const undo = await note(account, space, document._id, before?._rev ?? null, ended);
    const body = { ...document, _rev: document._rev ?? before?._rev } as Body & { _rev: string };
    delete body._conflicts;
    if (body._rev === undefined) delete (body as Partial<Body>)._rev;
    // Somebody's newer version arrived meanwhile: both are kept, and shown to the people concerned.
    const { rev } = await database.put(body, { force: true }).catch(undo);
    await written(account, space, document._id, rev);
    return { ...body, _rev: rev } as unknown as Held<D>;
  });
  await markFiles(account, space, document, 'held', 'waiting');
  account.tell({ kind: 'changes', space, ids: [document._id] });
  account.tell({ kind: 'outbox' });
  return kept;
}

export async function removeDocument(account: OpenAccount, space: string, id: string): Promise<void> {
  await account.writing(space, async (database) => {
    const before = await missing(() => database.get(id, { revs: true }));
    if (!before) return;
    await note(account, space, id, before._rev, await descendsFrom(account, space, id, before));
    const { rev } = await database.put({ _id: id, _rev: before._rev, _deleted: true } as unknown as Body);
    await written(account, space, id, rev, true);
  });
  account.tell({ kind: 'changes', space, ids: [id] });
  account.tell({ kind: 'outbox' });
}

/** What of this space is waiting or refused; anything else I wrote has been received. */
export async function statesOf(account: OpenAccount, space: string): Promise<Map<string, ItemState>> {
  const states = new Map<string, ItemState>();
  for (const rescue of await rescuesOf(account, space)) states.set(rescue.document._id, 'refused');
  for (const entry of await account.shelf.all('unsent', space))
    if (entry.state !== 'hidden') states.set(entry.id, entry.state);
  return states;
}

/** At start: entries whose revision was never noted, because the worker was killed between two writes. */
export async function settle(account: OpenAccount): Promise<void> {
  for (const entry of await account.shelf.all('unsent')) {
    if (entry.rev !== null) continue;
    const database = await account.database(entry.space);
    const [row] = (await database.allDocs({ keys: [entry.id] })).rows;
    if (row && 'value' in row && row.value)
      await account.shelf.put('unsent', { ...entry, rev: row.value.rev });
    else await account.shelf.delete('unsent', entry.space, entry.id);
  }
}

/** Answers how to take the note back where the device could not keep the document (no room is left). */
async function note(account: OpenAccount, space: string, id: string, base: string | null, closes: string[]) {
  let former: Unsent | undefined;
  await account.shelf.change('unsent', [space, id], (before): Unsent => {
    former = before;
    return {
      space,
      id,
      rev: null,
      at: new Date().toISOString(),
      base: before ? before.base : base,
      closes: [...new Set([...(before?.closes ?? []), ...closes])],
      state: 'waiting',
    };
  });
  return async (problem: unknown): Promise<never> => {
    await account.shelf.change('unsent', [space, id], () => former ?? null);
    throw problem;
  };
}

async function written(account: OpenAccount, space: string, id: string, rev: string, removed = false) {
  await account.shelf.change(
    'unsent',
    [space, id],
    (entry) => entry && { ...entry, rev, state: removed && entry.base === null ? 'hidden' : entry.state },
  );
}

/** The rescue records of earlier revisions of the same line: accepted, this one makes them good. */
async function descendsFrom(
  account: OpenAccount,
  space: string,
  id: string,
  before: PouchDB.Core.GetMeta | undefined,
): Promise<string[]> {
  const line = before?._revisions;
  if (!line) return [];
  const revs = new Set(line.ids.map((digest, age) => `${line.start - age}-${digest}`));
  const rescues = await rescuesOf(account, space, id);
  return rescues.filter((rescue) => revs.has(String(rescue.document._rev))).map((rescue) => rescue._id);
}

async function isHidden(account: OpenAccount, space: string, id: string): Promise<boolean> {
  if ((await account.record(space))?.rebuild === 'lost') return true;
  return (await account.shelf.get('unsent', space, id))?.state === 'hidden';
}

/** The answer, or undefined for a document that is not there. */
async function missing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (problem) {
    if ((problem as { status?: number }).status === 404) return undefined;
    throw problem;
  }
}
