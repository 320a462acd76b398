import { ulid } from 'ulid';
import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Envelope, Need } from '../model/documents';
import { envelope } from '../model/envelope';
import { authorIn } from '../state/author';
import { changeDocument, type Undo } from './changeDocument';

export type NewNeed = Omit<Need, keyof Envelope | 'type'>;

/** Call for people at an item. */
export async function callForPeople(space: string, item: string, said: NewNeed): Promise<Held<Need>> {
  const author = authorIn(space);
  return store.put<Need>(space, {
    ...envelope(`${item}:need:${ulid()}`, 'need', author, new Date()),
    ...said,
  });
}

/** Change a call: what it says, its times, how many people; or cancel it. */
export const changeCall = (
  space: string,
  id: string,
  change: (now: Held<Need>) => Partial<NewNeed>,
): Promise<Undo | undefined> => changeDocument<Need>(space, id, change);
