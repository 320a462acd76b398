/// <reference lib="webworker" />
/**
 * The shell: every built file of this version, fetched when its service worker is installed, so that any screen opens
 * without a network. A version is installed when all of them are here, or not at all; what came stays for the next try.
 */
import type { PrecacheController } from 'workbox-precaching';

/**
 * Files under way at once. Workbox fetches one after another: three hundred files, each as far away as the server, are a
 * minute on a slow network. A browser opens six connections to a server; two stay free for what the screen asks.
 */
const LANES = 4;

export async function fetchAll(shell: PrecacheController, event: ExtendableEvent): Promise<void> {
  const left = shell.getURLsToCacheKeys().entries();
  const lane = async (): Promise<void> => {
    for (const [url, cacheKey] of left) {
      // A name with a digest in it says what it holds; of any other file an older one may lie in the browser's cache.
      const cache = url === cacheKey ? 'default' : 'reload';
      const request = new Request(url, { cache, credentials: 'same-origin' });
      await Promise.all(shell.strategy.handleAll({ event, request, params: { cacheKey } }));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
