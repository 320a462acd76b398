/**
 * What a tab must know before anything else opens: who uses this device.
 *
 * localStorage is read at once, so no screen flickers through «signed out»; but a browser writes it to disk when it likes, and a
 * phone that dies right after signing in would open as nobody's. The truth is therefore a row in a database of its own, on disk
 * before anybody is let in; localStorage is the first guess, and how other tabs hear of it. The service worker, which has no
 * localStorage, knows from that row alone.
 */
import { ulid } from 'ulid';

/** Who uses the device: no address, nothing the person would not show on their screen. */
export interface Known {
  id: string;
  name: string;
  language: string;
  /** False: nothing but this device knows them. Remembered, so that the warning stands there at once and moves nothing later. */
  recoverable?: boolean;
}

export interface Remembered {
  server: string;
  account: Known | null;
  /** Signed out while offline: the cookie must still be ended before anybody is let in again. */
  leaving: boolean;
  /** Id of the account whose local data is being deleted; a device that died meanwhile goes on at its next start. */
  erasing?: string;
}

const SESSION = 'interlink.session';
const DEVICE = 'interlink.device';
const DATABASE = 'interlink/session';
const ROWS = 'notes';

/** What lies on the disk, as far as this page knows: to wait for the disk only where something changes. */
let onDisk = '';

/** The first guess, at once. */
export function remembered(): Remembered | null {
  try {
    return JSON.parse(localStorage.getItem(SESSION) ?? 'null') as Remembered | null;
  } catch {
    return null;
  }
}

/** The truth, from the disk. */
export async function recall(): Promise<Remembered | null> {
  try {
    const row = await inDatabase<Remembered | undefined>('readonly', (rows) => rows.get(SESSION));
    if (!row) return remembered();
    const text = JSON.stringify(row);
    const device = await inDatabase<string | undefined>('readonly', (rows) => rows.get(DEVICE));
    onDisk = device === localStorage.getItem(DEVICE) ? text : ''; // an older app did not write it there
    localStorage.setItem(SESSION, text);
    return row;
  } catch {
    return remembered(); // no database to be had: a browser that keeps nothing
  }
}

/** Resolves when it is on the disk. */
export async function remember(session: Remembered): Promise<void> {
  const text = JSON.stringify(session);
  if (localStorage.getItem(SESSION) !== text) localStorage.setItem(SESSION, text);
  if (onDisk === text) return;
  await inDatabase('readwrite', (rows) => {
    rows.put(deviceId(), DEVICE);
    return rows.put(session, SESSION);
  }).then(
    () => (onDisk = text),
    () => (onDisk = ''), // full, or a browser that keeps nothing: localStorage has it
  );
}

/** Whose data lies here and as which device it writes, for who has no localStorage; null: nobody's, or they are leaving. */
export async function onThisDevice(): Promise<{ server: string; account: Known; device: string } | null> {
  const row = await inDatabase<Remembered | undefined>('readonly', (rows) => rows.get(SESSION));
  const device = await inDatabase<string | undefined>('readonly', (rows) => rows.get(DEVICE));
  if (!row?.account || row.leaving || row.erasing || !device) return null;
  return { server: row.server, account: row.account, device };
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

/** A transaction of its own; resolves to the answer of the last request when it is complete. */
async function inDatabase<T>(
  mode: IDBTransactionMode,
  ask: (rows: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const database = await new Promise<IDBDatabase>((done, failed) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(ROWS);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  try {
    const transaction = database.transaction(ROWS, mode, { durability: 'strict' });
    const request = ask(transaction.objectStore(ROWS));
    await new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
    return request.result as T;
  } finally {
    database.close();
  }
}
