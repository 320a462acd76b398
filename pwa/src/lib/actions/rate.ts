import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Rating } from '../model/documents';
import { envelope } from '../model/envelope';
import { authorIn } from '../state/author';
import { session } from '../state/session.svelte';

/** What one gives: stars, words, and the name to stand beside them («» for none). */
export type Given = Pick<Required<Rating>, 'stars' | 'text' | 'name'>;

/** Id of what I think of a thing, in my own space: there is one. */
export const ratingId = (about: string) => `all:rating:${about}`;

/** Say what I think of a thing, or something else than before; it is kept here and sent when there is a network. */
export async function rate(about: string, { stars, text, name }: Given): Promise<void> {
  const mine = session.personSpace;
  if (!mine) return;
  const id = ratingId(about);
  const before: Held<Rating> | undefined = await store.get<Rating>(mine, id);
  await store.put<Rating>(mine, {
    ...before,
    ...envelope(id, 'rating', authorIn(mine), new Date()),
    stars,
    text: text.trim(),
    name: name.trim(),
  });
}

/** Take back what I said of a thing: its stars and words leave everybody's device. */
export async function takeBackRating(about: string): Promise<void> {
  const mine = session.personSpace;
  if (mine) await store.remove(mine, ratingId(about));
}
