import { store } from '../data/client';
import type { FileRef } from '../model/documents';
import { splitId } from '../model/envelope';
import { contribute } from './contribute';

export interface Refusal {
  space: string;
  /** The refused document, and the record it is kept in. */
  id: string;
  rescue: string;
  text: string;
  files: readonly FileRef[];
}

/** Make a contribution of refused work at another task, in this process or another; then it is no longer refused. */
export async function sendElsewhere(refused: Refusal, space: string, item: string): Promise<void> {
  const { partition } = splitId(refused.id);
  const files: FileRef[] = [];
  for (const file of refused.files) {
    const blob = await store.file(refused.space, partition, file.sha256);
    if (blob) files.push({ ...file, ...(await store.putFile(space, item, blob)), name: file.name });
  }
  await contribute({ space, item, text: refused.text, files });
  await store.discard(refused.rescue);
}
