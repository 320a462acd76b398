/** «Take this offline»: everything of a space here, and an honest word about how much room is left. */
import type { OfflineReport, StorageReport } from '../data/store';
import type { Sync } from './sync';
import { missingFiles } from './transfer';

export async function takeOffline(sync: Sync, space: string): Promise<OfflineReport> {
  const { account } = sync;
  await account.shelf.change('spaces', [space], (record) => record && { ...record, kept: true });
  account.tell({ kind: 'spaces' });
  await sync.run();
  const record = await account.record(space);
  const lacking = record ? await missingFiles(account, record) : [];
  const storage = await storageReport();
  const toCome = record && !record.complete ? record.bytes + record.fileBytes : 0;
  const free = storage.quota - storage.usage;
  return {
    ...storage,
    complete: !!record?.complete && lacking.length === 0,
    tight: storage.quota > 0 && (free < storage.quota / 10 || free < toCome),
  };
}

export async function storageReport(): Promise<StorageReport> {
  const storage = globalThis.navigator?.storage;
  const { usage = 0, quota = 0 } = (await storage?.estimate?.()) ?? {};
  return { usage, quota, persisted: (await storage?.persisted?.()) ?? false };
}
