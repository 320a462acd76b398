/** What an author does with refused work. */
import type { Handover, HandoverAnswer } from '../model/documents';
import { envelope, splitId } from '../model/envelope';
import type { OpenAccount } from './account';
import { getDocument, listDocuments, putDocument, removeDocument } from './documents';
import { filesIn, keepFile } from './files';
import { rescuesOf } from './rescues';

/**
 * Write it again, with corrections. A new document goes on from its refused revision; an edit is laid upon
 * what the server has now. The record ends when the server accepts, so nothing is lost in between.
 */
export async function resend(
  account: OpenAccount,
  rescue: string,
  changes: Record<string, unknown> = {},
): Promise<void> {
  const { space, document } = await find(account, rescue);
  const { _rev: _refused, _deleted, ...words } = document;
  if (_deleted) return removeDocument(account, space, document._id);
  const now = await getDocument(account, space, document._id);
  const { device } = account.key;
  const again = { ...now, ...words, ...changes, device, at: new Date().toISOString() };
  await putDocument(account, space, again, [rescue]);
}

/** Give it up. A document the server never had is hidden here; deleting it would be sent to everybody. */
export async function discard(account: OpenAccount, rescue: string): Promise<void> {
  const { space, document } = await find(account, rescue);
  await account.shelf.change('unsent', [space, document._id], (entry) =>
    entry?.state === 'refused' ? { ...entry, state: 'hidden' } : undefined,
  );
  await removeDocument(account, account.personSpace!, rescue);
  account.tell({ kind: 'changes', space, ids: [document._id] });
}

/** Give it to the administrators of its process. The files travel through my own space, where I may write. */
export async function handOver(account: OpenAccount, rescue: string, note: string): Promise<void> {
  const own = account.personSpace!;
  const { space, record } = await find(account, rescue);
  const { partition } = splitId(record.document._id);
  const files = filesIn(record.document);
  for (const { sha256 } of files) {
    const file = await account.shelf.get('files', space, partition, sha256);
    if (file) await keepFile(account, own, 'all', file.blob, 'waiting');
  }
  const { account: member, device, language: lang } = account.key;
  const id = `all:handover:${splitId(rescue).key}`;
  await putDocument<Handover>(account, own, {
    ...envelope(id, 'handover', { member, device, lang }, new Date()),
    space,
    document: record.document,
    reason: record.reason,
    sentence: record.sentence,
    title: record.title ?? '',
    note,
    files,
  });
}

/** Take it back, or put the answer away. */
export async function endHandover(account: OpenAccount, key: string): Promise<void> {
  for (const type of ['handover', 'handover-answer'])
    await removeDocument(account, account.personSpace!, `all:${type}:${key}`);
}

/**
 * What an administrator let in is the very revision that lies here as refused: it counts as received now. The
 * database is built anew, because its author may not see the place it is in. True when there was any.
 */
export async function letIn(account: OpenAccount): Promise<boolean> {
  let any = false;
  for (const answer of await listDocuments<HandoverAnswer>(
    account,
    account.personSpace!,
    'all',
    'handover-answer',
  )) {
    if (answer.outcome !== 'accepted') continue;
    const { space, id, rev } = revisionOf(splitId(answer._id).key);
    const entry = await account.shelf.get('unsent', space, id);
    if (entry?.rev !== rev || entry.state === 'waiting') continue;
    await account.shelf.delete('unsent', space, id);
    await account.shelf.change(
      'spaces',
      [space],
      (record) => record && { ...record, rebuild: record.rebuild ?? 'refused' },
    );
    any = true;
  }
  return any;
}

/** `<space>~<id>~<rev>`: the key of a rescue, of a handover and of its answer. */
function revisionOf(key: string): { space: string; id: string; rev: string } {
  const [first, last] = [key.indexOf('~'), key.lastIndexOf('~')];
  return { space: key.slice(0, first), id: key.slice(first + 1, last), rev: key.slice(last + 1) };
}

async function find(account: OpenAccount, id: string) {
  const record = (await rescuesOf(account)).find((rescue) => rescue._id === id);
  if (!record) throw new Error('this work is no longer kept');
  return { space: revisionOf(splitId(id).key).space, document: record.document, record };
}
