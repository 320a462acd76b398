import { store } from '../data/client';

/** Write refused work once more, corrected or as it was. `rescue` is OutboxItem.rescue. */
export async function sendAgain(rescue: string, changes: Record<string, unknown> = {}): Promise<void> {
  await store.resend(rescue, changes);
}
