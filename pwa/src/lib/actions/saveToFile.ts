import { store } from '../data/client';

/** Save all that the server does not have yet as one file in the person's downloads. Works offline. */
export async function saveToFile(now = new Date()): Promise<void> {
  const url = URL.createObjectURL(await store.exportUnsent());
  const link = document.createElement('a');
  link.href = url;
  link.download = `interlink-${now.toISOString().slice(0, 16).replace(':', '')}.json`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
