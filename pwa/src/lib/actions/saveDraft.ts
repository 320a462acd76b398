import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Draft, FileRef } from '../model/documents';
import { envelope } from '../model/envelope';
import { authorIn } from '../state/author';
import { session } from '../state/session.svelte';

export interface Unfinished {
  space: string;
  item: string;
  /** What in the item it is about, where it is no contribution: id of a document. */
  about?: string;
  text: string;
  files?: FileRef[];
}

const draftId = (space: string, item: string, about?: string) =>
  `all:draft:${space}~${item}${about ? `~${about}` : ''}`;

/** Keep what is only begun, in my own space; an empty one is forgotten. Writes nothing when nothing changed. */
export async function saveDraft({ space, item, about, text, files = [] }: Unfinished): Promise<void> {
  const mine = session.personSpace;
  if (!mine) return;
  if (!text.trim() && files.length === 0) return discardDraft(space, item, about);
  const before = await draftOf(space, item, about);
  if (before?.text === text && JSON.stringify(before.files) === JSON.stringify(files)) return;
  const author = authorIn(mine);
  await store.put<Draft>(mine, {
    ...before,
    ...envelope(draftId(space, item, about), 'draft', author, new Date()),
    text,
    files,
  });
}

/** What I began at this item. */
export async function draftOf(space: string, item: string, about?: string): Promise<Held<Draft> | undefined> {
  const mine = session.personSpace;
  return mine ? store.get<Draft>(mine, draftId(space, item, about)) : undefined;
}

/** Forget what I began. */
export async function discardDraft(space: string, item: string, about?: string): Promise<void> {
  const mine = session.personSpace;
  if (mine && (await draftOf(space, item, about))) await store.remove(mine, draftId(space, item, about));
}

/** Forget one by the id of its document. */
export async function forgetDraft(id: string): Promise<void> {
  const mine = session.personSpace;
  if (mine) await store.remove(mine, id);
}
