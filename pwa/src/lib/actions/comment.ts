import { ulid } from 'ulid';
import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Comment } from '../model/documents';
import { envelope, signed } from '../model/envelope';
import { mentioned } from '../model/mentions';
import { authorIn } from '../state/author';
import { discardDraft } from './saveDraft';

export interface NewComment {
  space: string;
  item: string;
  /** Id of the document it is about, or the key of the item itself. */
  about: string;
  /** As it is stored: people stand as `@<member id>`. */
  text: string;
  /** Id of the comment that began the thread. */
  replyTo?: string;
}

/** Say something about a thing. It is kept here at once and sent when there is a network; its draft ends. */
export async function comment({ space, item, about, text, replyTo }: NewComment): Promise<Held<Comment>> {
  const kept = await store.put<Comment>(space, {
    ...envelope(`${item}:comment:${ulid()}`, 'comment', authorIn(space), new Date()),
    about,
    text,
    mentions: mentioned(text),
    ...(replyTo ? { reply_to: replyTo } : {}),
  });
  await discardDraft(space, item, replyTo ?? about);
  return kept;
}

/** Change my own words. Throws when they are no longer here. */
export async function changeComment(space: string, id: string, text: string): Promise<void> {
  const before = await store.get<Comment>(space, id);
  if (!before) throw new Error('the comment is no longer here');
  const sign = signed(authorIn(space), new Date());
  await store.put<Comment>(space, { ...before, text, mentions: mentioned(text), ...sign });
}

/** Take a comment away, for everybody; resolves with how to put it back. */
export async function removeComment(space: string, said: Held<Comment>): Promise<() => Promise<void>> {
  await store.remove(space, said._id);
  return async () => {
    const { _rev: _ended, _conflicts: _none, ...again } = said;
    await store.put<Comment>(space, again);
  };
}
