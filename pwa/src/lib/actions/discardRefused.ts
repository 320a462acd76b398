import { store } from '../data/client';

/** Give up refused work. Deletes nothing at the server. `rescue` is OutboxItem.rescue. */
export async function discardRefused(rescue: string): Promise<void> {
  await store.discard(rescue);
}
