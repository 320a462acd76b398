import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Draft, FileRef } from '../model/documents';
import { envelope } from '../model/envelope';
import { authorIn } from '../state/author';
import { session } from '../state/session.svelte';

export interface Unfinished {
  space: string;
  item: string;
  text: string;
  files?: FileRef[];
}

const draftId = (space: string, item: string) => `all:draft:${space}~${item}`;

/** Keep what is only begun, in my own space; an empty one is forgotten. Writes nothing when nothing changed. */
export async function saveDraft({ space, item, text, files = [] }: Unfinished): Promise<void> {
  const mine = session.personSpace;
  if (!mine) return;
  if (!text.trim() && files.length === 0) return discardDraft(space, item);
  const before = await draftOf(space, item);
  if (before?.text === text && JSON.stringify(before.files) === JSON.stringify(files)) return;
  const author = authorIn(mine);
  await store.put<Draft>(mine, {
    ...before,
    ...envelope(draftId(space, item), 'draft', author, new Date()),
    text,
    files,
  });
}

/** What I began at this item. */
export async function draftOf(space: string, item: string): Promise<Held<Draft> | undefined> {
  const mine = session.personSpace;
  return mine ? store.get<Draft>(mine, draftId(space, item)) : undefined;
}

/** Forget what I began. */
export async function discardDraft(space: string, item: string): Promise<void> {
  const mine = session.personSpace;
  if (mine && (await draftOf(space, item))) await store.remove(mine, draftId(space, item));
}
