import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Contribution, FileRef } from '../model/documents';
import { signed } from '../model/envelope';
import { authorIn } from '../state/author';

/** Change my own words or files. Throws when it is no longer here. */
export async function editContribution(
  space: string,
  id: string,
  changes: { text?: string; files?: FileRef[] },
): Promise<Held<Contribution>> {
  const before = await store.get<Contribution>(space, id);
  if (!before) throw new Error('the contribution is no longer here');
  return store.put<Contribution>(space, { ...before, ...changes, ...signed(authorIn(space), new Date()) });
}
