import { store } from '../data/client';
import type { Reaction } from '../model/documents';
import { envelope, splitId } from '../model/envelope';
import type { Sign } from '../model/talk';
import { authorIn } from '../state/author';

/** Give a comment a sign; the same one again takes it back. There is one of each person for each comment. */
export async function react(space: string, comment: string, sign: Sign): Promise<void> {
  const author = authorIn(space);
  const { partition, key } = splitId(comment);
  const id = `${partition}:reaction:${key}-${author.member}`;
  const before = await store.get<Reaction>(space, id);
  if (before?.sign === sign) return store.remove(space, id);
  const head = envelope(id, 'reaction', author, new Date());
  await store.put<Reaction>(space, { ...before, ...head, about: comment, sign });
}
