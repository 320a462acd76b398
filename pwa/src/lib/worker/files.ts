/** Photos and files, by their SHA-256, beside the documents that name them. */
import type { Envelope, FileRef } from '../model/documents';
import { splitId } from '../model/envelope';
import type { OpenAccount } from './account';
import type { FileRecord } from './shelf';

export async function sha256Of(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Keep a file; the same bytes in the same partition are kept once. One that was sent before is sent again with the next
 * words that name it: the server may have forgotten it meanwhile, if nothing named it for long.
 */
export async function keepFile(
  account: OpenAccount,
  space: string,
  partition: string,
  blob: Blob,
  state: FileRecord['state'] = 'held',
): Promise<FileRef> {
  const sha256 = await sha256Of(blob);
  const { size } = blob;
  const type = blob.type.replace(/;.*$/, '') || 'application/octet-stream'; // documents name a type without parameters
  await account.shelf.change('files', [space, partition, sha256], (there) => {
    if (!there) return { space, partition, sha256, type, size, blob, state, at: new Date().toISOString() };
    return there.state === 'here' && state !== 'here' ? { ...there, state } : undefined;
  });
  return { sha256, type, size, name: '' };
}

/** Every file a document names, wherever in it. */
export function filesIn(value: unknown): FileRef[] {
  if (!value || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(filesIn);
  const file = value as Partial<FileRef>;
  if (typeof file.sha256 === 'string' && typeof file.size === 'number') return [file as FileRef];
  return Object.values(value).flatMap(filesIn);
}

/** Move the files a document names from one state to the next: they are sent once a document asks for them. */
export async function markFiles(
  account: OpenAccount,
  space: string,
  document: Envelope,
  from: FileRecord['state'],
  to: FileRecord['state'],
): Promise<void> {
  // A draft or a rescued document names files of another space; they are sent with what is made of it.
  if (space === account.personSpace) return;
  const { partition } = splitId(document._id);
  for (const { sha256 } of filesIn(document))
    await account.shelf.change('files', [space, partition, sha256], (file) =>
      file?.state === from ? { ...file, state: to } : undefined,
    );
}
