import { store } from '../data/client';
import type { Held } from '../data/store';
import { former } from '../model/change';
import type { Envelope } from '../model/documents';
import { signed } from '../model/envelope';
import { authorIn } from '../state/author';

/** Takes an act back. */
export type Undo = () => Promise<void>;

/**
 * Change members of a document as it is here now; nothing else of it changes. `change` sees it as it is; an empty answer says that
 * nothing is to be done, a member that is undefined goes. Resolves to what takes it back; undefined when nothing was written.
 */
export async function changeDocument<D extends Envelope>(
  space: string,
  id: string,
  change: (now: Held<D>) => Partial<D>,
): Promise<Undo | undefined> {
  const now = await store.get<D>(space, id);
  if (!now) throw new Error(`${id} is not on this device`);
  const members = change(now);
  if (Object.keys(members).length === 0) return undefined;
  const next = { ...now, ...members, ...signed(authorIn(space), new Date()) };
  for (const [name, value] of Object.entries(members))
    if (value === undefined) delete next[name as keyof typeof next];
  await store.put<D>(space, next);
  const back = former<D>(now, members);
  return async () => void (await changeDocument<D>(space, id, () => back));
}
