/** What an author does with refused work. */
import { splitId } from '../model/envelope';
import type { OpenAccount } from './account';
import { getDocument, putDocument, removeDocument } from './documents';
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

async function find(account: OpenAccount, id: string) {
  const record = (await rescuesOf(account)).find((rescue) => rescue._id === id);
  if (!record) throw new Error('this work is no longer kept');
  return { space: splitId(id).key.split('~', 1)[0]!, document: record.document };
}
