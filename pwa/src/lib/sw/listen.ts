/// <reference lib="webworker" />
/** The service worker's ears: for notices, for taps on them, and for a network that is back. */
import { isAnswer, type Asked } from '../model/answers';
import type { Surroundings } from '../worker/errand';
import { keep, sync } from './answers';
import { pathOf, read, report, type Carried } from './notices';

/** How the pages and the store's worker hear of it. */
const channel = new BroadcastChannel('interlink');
/** Background Sync (where there is one) calls it when a network is back, also with no page open. */
const AGAIN = 'interlink';
const LONGEST = 25_000; // ms: then a browser may end a worker that still says it is busy

export function listenForNotices(worker: ServiceWorkerGlobalScope): void {
  const surroundings: Surroundings = {
    origin: worker.location.origin,
    tell: (message) => channel.postMessage(message),
  };
  worker.addEventListener('push', (event) => event.waitUntil(show(worker, surroundings, event.data?.text())));
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close();
    const carried = event.notification.data as Carried | undefined;
    event.waitUntil(tapped(worker, surroundings, carried, event.action));
  });
  // What was wiped away is not shown again when it is no longer so.
  worker.addEventListener('notificationclose', (event) => {
    const carried = event.notification.data as Carried | undefined;
    event.waitUntil(report(carried?.notice ?? '', 'closed', fetch));
  });
  worker.addEventListener('pushsubscriptionchange', (event) =>
    (event as ExtendableEvent).waitUntil(subscribeAgain(worker)),
  );
  worker.addEventListener('sync', (event) => {
    const { tag } = event as ExtendableEvent & { tag: string };
    if (tag === AGAIN) (event as ExtendableEvent).waitUntil(sentOrAgain(surroundings));
  });
}

async function show(worker: ServiceWorkerGlobalScope, surroundings: Surroundings, text: string | undefined) {
  const { title, options } = read(text);
  await worker.registration.showNotification(title, options);
  // What it is about is fetched at once, so that it is there when it is opened; and what waits goes out.
  const shown = report((options.data as Carried).notice, 'shown', fetch);
  await Promise.all([shown, soon(sync(surroundings))]);
}

/** A button: the answer is kept here and sent; the app stays closed. Anything else opens what the notice is about. */
async function tapped(
  worker: ServiceWorkerGlobalScope,
  surroundings: Surroundings,
  carried: Carried | undefined,
  action: string,
): Promise<void> {
  const asked = carried?.asked;
  const said = isAnswer(action) ? action : undefined;
  const kept = said && asked ? await keep(asked, said, surroundings).catch(() => false) : false;
  if (!kept) await open(worker, pathOf(carried, action, worker.location.origin, mostActions()));
  else if (said === 'accept') await offerUndo(worker, asked);
  if (!kept && asked && !said) await keep(asked, 'read', surroundings).catch(() => false);
  const told = report(carried?.notice ?? '', action ? 'acted' : 'opened', fetch);
  const sent = asked ? await soon(sync(surroundings)) : true;
  if (!sent) await whenThereIsANetwork(worker);
  await told;
}

/** Bring a window that is open to the front and let it go there by itself: a draft in it stays. */
async function open(worker: ServiceWorkerGlobalScope, path: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const window = windows.find((one) => one.focused) ?? windows[0];
  if (window) {
    window.postMessage({ kind: 'go', path });
    await window.focus().catch(() => undefined); // a browser may not see a tap in it
  } else await worker.clients.openWindow(path).catch(() => null);
}

/** Whoever has the app open can take a yes back there for ten seconds. */
async function offerUndo({ clients }: ServiceWorkerGlobalScope, asked: Asked | undefined): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const window of windows) window.postMessage({ kind: 'accepted', asked });
}

/** Buttons this browser shows under a notification; where it does not say, it shows none. */
const mostActions = (): number => (Notification as { maxActions?: number }).maxActions ?? 0;

/** Where a browser has no such thing, the next start, push or `online` sends what waits. */
async function whenThereIsANetwork({ registration }: ServiceWorkerGlobalScope): Promise<void> {
  const { sync: later } = registration as { sync?: { register(tag: string): Promise<void> } };
  await later?.register(AGAIN).catch(() => undefined);
}

async function sentOrAgain(surroundings: Surroundings): Promise<void> {
  if (!(await soon(sync(surroundings)))) throw new Error('something still waits'); // the browser tries again
}

/** The answer, or false when it takes too long; what is under way goes on as long as the browser lets it. */
function soon(done: Promise<boolean>): Promise<boolean> {
  const late = new Promise<boolean>((over) => setTimeout(() => over(false), LONGEST));
  return Promise.race([done.catch(() => false), late]);
}

/** The push service gave this device another address. Where this fails, the app does it at its next start. */
async function subscribeAgain(worker: ServiceWorkerGlobalScope): Promise<void> {
  const headers = { 'X-Interlink': '1', 'Content-Type': 'application/json' };
  const told = await fetch('/api/v1/push', { credentials: 'same-origin', headers });
  if (!told.ok) return;
  const { publicKey } = (await told.json()) as { publicKey: string };
  const subscription = await worker.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  await fetch('/api/v1/push/subscription', {
    method: 'PUT',
    credentials: 'same-origin',
    headers,
    body: JSON.stringify({ subscription, publicKey }),
  });
}
