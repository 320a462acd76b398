/// <reference lib="webworker" />
/** The service worker's ears for notices. */
import { pathOf, read, report, type Carried } from './notices';

/** How the pages and the store's worker hear of it. */
const channel = new BroadcastChannel('interlink');

export function listenForNotices(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('push', (event) => event.waitUntil(show(worker, event.data?.text())));
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(open(worker, event.notification.data as Carried | undefined, event.action));
  });
  worker.addEventListener('pushsubscriptionchange', (event) =>
    (event as ExtendableEvent).waitUntil(subscribeAgain(worker)),
  );
}

async function show(worker: ServiceWorkerGlobalScope, text: string | undefined): Promise<void> {
  const { title, options } = read(text);
  channel.postMessage({ whisper: 'sync' }); // so that what it is about is there when it is opened
  await worker.registration.showNotification(title, options);
  await report((options.data as Carried).notice, 'shown', fetch);
}

/** Bring a window that is open to the front and let it go there by itself: a draft in it stays. */
async function open(
  worker: ServiceWorkerGlobalScope,
  carried: Carried | undefined,
  action: string,
): Promise<void> {
  const path = pathOf(carried, action, worker.location.origin);
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const window = windows.find((one) => one.focused) ?? windows[0];
  if (window) {
    window.postMessage({ kind: 'go', path });
    await window.focus().catch(() => undefined); // a browser may not see a tap in it
  } else await worker.clients.openWindow(path).catch(() => null);
  await report(carried?.notice ?? '', action ? 'acted' : 'opened', fetch);
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
