/** The browser's own part of notices: its permission, its subscription, and whose wish that is. */

const WANTED = 'interlink.notices';
const PATIENCE = 3_000; // ms: ending a subscription asks the push service, which may be far away

/** Whether the person of this account switched notices on in this browser. */
export const isWanted = (account: string) => localStorage.getItem(WANTED) === account;

export function want(account: string | null): void {
  if (account) localStorage.setItem(WANTED, account);
  else localStorage.removeItem(WANTED);
}

/** The browser has everything that notices need. */
export const isAble = () =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

export const permission = (): NotificationPermission => (isAble() ? Notification.permission : 'default');

export async function currentSubscription(): Promise<PushSubscription | null> {
  if (!isAble()) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager?.getSubscription()) ?? null;
}

/** A subscription bound to this key; one that is bound to another is ended. */
export async function subscribeWith(publicKey: string, renew = false): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && !renew && keyOf(before) === publicKey) return before;
  await before?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

/** Nothing is told here any more: also without a network, when somebody leaves. */
export async function silence(): Promise<void> {
  want(null);
  const ended = currentSubscription().then((subscription) => subscription?.unsubscribe());
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  await Promise.race([ended.catch(() => undefined), late]);
  for (const one of await shown()) one.close();
}

/** Take these notices off the lock screen; returns those that were on it. */
export async function clearShown(notices: readonly string[]): Promise<string[]> {
  const over = new Set(notices);
  const cleared: string[] = [];
  for (const one of await shown()) {
    const notice = (one.data as { notice?: string } | null)?.notice;
    if (notice === undefined || !over.has(notice)) continue;
    one.close();
    cleared.push(notice);
  }
  return cleared;
}

async function shown(): Promise<Notification[]> {
  const registration = await navigator.serviceWorker?.getRegistration();
  return (await registration?.getNotifications?.().catch(() => [])) ?? [];
}

export async function digestOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function keyOf(subscription: PushSubscription): string {
  const bytes = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
