import { store } from '../data/client';
import { saveBlob } from './saveBlob';

/** Save all that the server does not have yet as one file in the person's downloads. Works offline. */
export async function saveToFile(now = new Date()): Promise<void> {
  saveBlob(await store.exportUnsent(), `interlink-${now.toISOString().slice(0, 16).replace(':', '')}.json`);
}
