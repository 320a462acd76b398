import { store } from '../data/client';
import type { Resolution } from '../model/documents';
import { envelope, signed, splitId } from '../model/envelope';
import { authorIn } from '../state/author';

/** Call a thread settled. Each person says so in a document of their own. */
export async function settle(space: string, thread: string): Promise<void> {
  const author = authorIn(space);
  const { partition, key } = splitId(thread);
  const id = `${partition}:resolution:${key}-${author.member}`;
  const before = await store.get<Resolution>(space, id);
  const head = envelope(id, 'resolution', author, new Date());
  await store.put<Resolution>(space, { ...before, ...head, about: thread, resolved: true });
}

/** Open it again: whoever called it settled, it is no longer. */
export async function reopen(space: string, thread: string): Promise<void> {
  const sign = signed(authorIn(space), new Date());
  const all = await store.list<Resolution>(space, splitId(thread).partition, 'resolution');
  for (const one of all)
    if (one.about === thread && one.resolved)
      await store.put<Resolution>(space, { ...one, resolved: false, ...sign });
}
