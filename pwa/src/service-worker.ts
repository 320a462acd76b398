/// <reference lib="webworker" />
/**
 * Lets the app open without a network: the shell is kept, and any page of ours answers with it. It never
 * stores what the server says under /api or /db: that is data, and data lives in the local databases.
 * And it shows notices, also while no page is open.
 */
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { listenForNotices } from './lib/sw/listen';
import { fetchAll } from './lib/sw/shell';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

const shell = new PrecacheController();
shell.addToCacheList(self.__WB_MANIFEST);
self.addEventListener('install', (event) => event.waitUntil(fetchAll(shell, event)));
self.addEventListener('activate', (event) => event.waitUntil(shell.activate(event)));
registerRoute(new PrecacheRoute(shell));
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(shell.createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(api|db)(\/|$)/, /\.(txt|xml|png)$/],
  }),
);

// A first worker serves the page that installed it; a later one waits until the person agrees, because
// somebody may be writing (lib/state/updates.svelte.ts).
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if ((event.data as { kind?: string } | null)?.kind === 'take-over') void self.skipWaiting();
});

listenForNotices(self);
