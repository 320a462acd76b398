/** What a tab must know before anything else opens: kept in localStorage because it is read at once. */
import { ulid } from 'ulid';
import type { Account } from '../api/session';

export interface Remembered {
  server: string;
  account: Account | null;
  /** Signed out while offline: the cookie must still be ended before anybody is let in again. */
  leaving: boolean;
}

const SESSION = 'interlink.session';
const DEVICE = 'interlink.device';

export function remembered(): Remembered | null {
  try {
    return JSON.parse(localStorage.getItem(SESSION) ?? 'null') as Remembered | null;
  } catch {
    return null;
  }
}

export function remember(session: Remembered): void {
  const text = JSON.stringify(session);
  if (localStorage.getItem(SESSION) !== text) localStorage.setItem(SESSION, text);
}

/** Called when another tab remembers something else. */
export function onRemembered(hear: () => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key === SESSION) hear();
  });
}

/** Random id of this browser, made once. */
export function deviceId(): string {
  let id = localStorage.getItem(DEVICE);
  if (!id) localStorage.setItem(DEVICE, (id = ulid()));
  return id;
}

/** Who comes next on this device has another id than who left. */
export function forgetDevice(): void {
  localStorage.removeItem(DEVICE);
}
