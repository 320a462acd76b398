import { store } from '../data/client';

/** Take a contribution back, for everybody. */
export async function removeContribution(space: string, id: string): Promise<void> {
  await store.remove(space, id);
}
