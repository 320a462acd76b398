/** What somebody chose becomes files of this item, each looked at before anything is kept or sent. */
import { attachPhoto } from '$lib/actions/attachPhoto';
import { store } from '$lib/data/client';
import { size } from '$lib/i18n/format';
import { m } from '$lib/i18n/messages';
import type { FileRef } from '$lib/model/documents';

/** Bytes of one file: what the server takes (`backend/files/domain.py`). */
export const largest = 10_000_000;
export const most = 20;

export interface Picked {
  files: FileRef[];
  /** What could not be taken, one sentence each. */
  wrong: string[];
}

/** What is wrong with a file as one sentence, before anything is read of it; undefined when nothing is. */
export function refusal({
  name,
  size: bytes,
  type,
}: Pick<File, 'name' | 'size' | 'type'>): string | undefined {
  if (bytes === 0) return m.file_nothing_in({ name });
  // A photo is made smaller first, so it may be larger than what is sent in the end.
  const limit = isPicture(type) ? 5 * largest : largest;
  return bytes > limit ? m.file_too_large({ name, size: size(bytes), most: size(limit) }) : undefined;
}

/** Pictures are drawn anew, which takes their place and camera out; `asTheyAre` keeps every file as it is. */
export async function pick(
  space: string,
  item: string,
  chosen: readonly File[],
  { room, asTheyAre, done }: { room: number; asTheyAre: boolean; done: (count: number) => void },
): Promise<Picked> {
  const picked: Picked = { files: [], wrong: [] };
  for (const [n, file] of chosen.entries()) {
    done(n);
    const wrong = n < room ? refusal(file) : m.file_too_many({ count: most });
    if (wrong) {
      picked.wrong.push(wrong);
      if (n >= room) break;
      continue;
    }
    try {
      const drawn = isPicture(file.type) && !asTheyAre;
      picked.files.push(
        drawn ? await attachPhoto(space, item, file, file.name) : await asIs(space, item, file),
      );
    } catch (problem) {
      picked.wrong.push(
        problem instanceof TooLarge ? problem.message : m.file_no_picture({ name: file.name }),
      );
    }
  }
  return picked;
}

class TooLarge extends Error {}

async function asIs(space: string, item: string, file: File): Promise<FileRef> {
  if (file.size > largest)
    throw new TooLarge(m.file_too_large({ name: file.name, size: size(file.size), most: size(largest) }));
  const kept = await store.putFile(space, item, file);
  const type = /^[a-z]+\/[A-Za-z0-9.+-]{1,80}$/.test(kept.type) ? kept.type : 'application/octet-stream';
  return { ...kept, type, name: file.name.slice(-200) };
}

/** Pictures that every browser shows and the server lets be shown. */
export const isShown = (type: string) => /^image\/(jpeg|png|gif|webp)$/.test(type);

/** Pictures that may tell where they were taken: only some browsers can read the last three. */
const isPicture = (type: string) => isShown(type) || /^image\/(heic|heif|avif)$/.test(type);
