import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Claim } from '../model/documents';
import { envelope } from '../model/envelope';
import { claimId } from '../model/needs';
import { authorIn } from '../state/author';

export interface Answered {
  space: string;
  /** The item the need belongs to. */
  item: string;
  /** Key of the need. */
  need: string;
  occurrence: string;
}

/** Say where I stand: that I'll help, that I cannot after all, that I began or did it. The server then gives its answer. */
export async function answerNeed(
  { space, item, need, occurrence }: Answered,
  state: Claim['state'],
  more: Partial<Pick<Claim, 'hand_to' | 'takes_from' | 'minutes' | 'note'>> = {},
): Promise<Held<Claim>> {
  const author = authorIn(space);
  const id = claimId(item, occurrence, author.member);
  const before = await store.get<Claim>(space, id);
  return store.put<Claim>(space, {
    ...before,
    ...envelope(id, 'claim', author, new Date()),
    // A new yes or no ends what was offered before: nobody hands on, or takes, by an old word.
    ...(state === 'asked' || state === 'withdrawn' ? { hand_to: null, takes_from: null } : {}),
    need,
    state,
    ...more,
  });
}
