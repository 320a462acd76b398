import { store } from '../data/client';
import type { FileRef } from '../model/documents';
import { contribute } from './contribute';

/** Words and files that have no place where they were meant for. */
export interface Homeless {
  space: string;
  /** The item they were meant for: their files lie there. */
  item: string;
  text: string;
  files: readonly FileRef[];
}

/** Make a contribution of them at another task, in this process or another. */
export async function sendElsewhere(homeless: Homeless, space: string, item: string): Promise<void> {
  const files: FileRef[] = [];
  for (const file of homeless.files) {
    const blob = await store.file(homeless.space, homeless.item, file.sha256);
    if (blob) files.push({ ...file, ...(await store.putFile(space, item, blob)), name: file.name });
  }
  await contribute({ space, item, text: homeless.text, files });
}
