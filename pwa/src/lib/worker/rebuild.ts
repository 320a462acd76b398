/**
 * Build a space's local database anew, without what its person may no longer see or what the server would
 * not take. The `idb` adapter cannot purge, and destroying in place would strand other tabs, so:
 *
 *   hide (a lost right only) ▸ push once ▸ copy what the server still shows me into a new database ▸
 *   carry over what it has never had ▸ pull the rest ▸ switch the pointer ▸ tell the tabs ▸ destroy the old, and files that
 *   nothing names any more
 *
 * Each step is on the shelf before it begins; killed anywhere, the next run starts the copy again.
 */
import type { OpenAccount } from './account';
import { filesIn } from './files';
import type { Body, Database } from './pouch';
import { connect, pull, push, type Run } from './replicate';
import type { SpaceRecord, Unsent } from './shelf';
import type { Wire } from './wire';

const PAGE = 1000;
type Revision = { id: string; rev: string };
interface Page {
  results: { id: string; changes: { rev: string }[] }[];
  last_seq: string;
}

export async function rebuild(run: Run, record: SpaceRecord): Promise<void> {
  const { account } = run;
  const { name } = record;
  const session = await connect(run, name);
  await push(run, record, session);

  const next = record.next ?? nextName(record.database);
  await account.shelf.change('spaces', [name], (now) => now && { ...now, next });
  await account.destroy(next); // an unfinished attempt
  const [old, fresh] = [account.local(record.database), account.local(next)];
  for await (const page of readable(run.wire, name)) await copy(old, fresh, page);
  await pull(run, name, fresh, session.remote);

  await account.switching(name, async () => {
    await carry(account, name, old, fresh);
    await account.shelf.change('spaces', [name], (now) => {
      if (!now) return undefined;
      const { rebuild: _done, next: _taken, pushed: _former, ...kept } = now;
      return { ...kept, database: next, lostBuilt: record.lost };
    });
  });
  account.tell({ kind: 'spaces' });
  account.tell({ kind: 'changes', space: name, ids: [] });
  await account.destroy(record.database);
  await dropFiles(account, name, fresh);
}

/** Files that no document here names any more go too; what was not sent stays. */
async function dropFiles(account: OpenAccount, space: string, database: Database): Promise<void> {
  const { rows } = await database.allDocs({ include_docs: true });
  const named = new Set(
    rows.flatMap((row) => ('doc' in row && row.doc ? filesIn(row.doc).map((file) => file.sha256) : [])),
  );
  for (const file of await account.shelf.all('files', space))
    if (file.state === 'here' && !named.has(file.sha256))
      await account.shelf.delete('files', space, file.partition, file.sha256);
}

/** All leaves I may read, page by page: ids and revisions only. */
async function* readable(wire: Wire, space: string): AsyncGenerator<Revision[]> {
  let since = '0';
  for (;;) {
    const answer = await wire(
      `/db/${space}/_changes?style=all_docs&limit=${PAGE}&since=${encodeURIComponent(since)}`,
    );
    if (!answer.ok) throw new Error(`the changes of ${space} answered ${answer.status}`);
    const page = (await answer.json()) as Page;
    yield page.results.flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
    if (page.results.length < PAGE) return;
    since = page.last_seq;
  }
}

/** Those of these revisions that are here, with their history. */
async function copy(from: Database, to: Database, revisions: Revision[]): Promise<void> {
  if (!revisions.length) return;
  const { results } = await from.bulkGet({ docs: revisions, revs: true });
  const found = results.flatMap(({ docs }) => docs.flatMap((one) => ('ok' in one ? [one.ok as Body] : [])));
  if (found.length) await to.bulkDocs(found, { new_edits: false });
}

/** My unsent work; and new documents that were refused, until their author gives them up. */
async function carry(account: OpenAccount, space: string, from: Database, to: Database): Promise<void> {
  const unsent = await account.shelf.all('unsent', space);
  const mine = (entry: Unsent): entry is Unsent & { rev: string } => entry.rev !== null;
  const kept = unsent.filter(mine).filter((entry) => entry.state !== 'hidden');
  await copy(from, to, kept);
  for (const entry of unsent)
    if (entry.state === 'hidden') await account.shelf.delete('unsent', space, entry.id);
}

/** `…/process-1` ▸ `…/process-1~2` ▸ `…/process-1~3` */
function nextName(database: string): string {
  const [stem, turn = '1'] = database.split('~');
  return `${stem}~${Number(turn) + 1}`;
}
