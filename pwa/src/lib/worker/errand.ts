/**
 * An account opened for as long as one event lasts, for the service worker: with the modules, the databases and the locks of the
 * store's worker. What is written here the app finds, and what the app has written is sent from here.
 */
import type { AccountKey, StoreEvent } from '../data/store';
import { leadName, OpenAccount } from './account';
import { ifFree } from './locks';
import type { Whisper } from './service';
import { Sync } from './sync';

export interface Surroundings {
  origin: string;
  /** To every tab and every other worker. */
  tell(message: StoreEvent | Whisper): void;
  fetch?: typeof fetch;
  /** Milliseconds for another worker of this browser to send what waits; then it is left to that one. */
  patience?: number;
}

const PATIENCE = 8_000;
const LOOK = 200; // ms between two looks

/** Open, act, close. */
export async function errand<T>(
  key: AccountKey,
  surroundings: Surroundings,
  act: (account: OpenAccount) => Promise<T>,
): Promise<T> {
  const account = await OpenAccount.open(key, surroundings.tell);
  try {
    return await act(account);
  } finally {
    await account.close();
  }
}

/**
 * Send what waits and fetch what is new, once. Where another worker talks to the server it is asked to, so that two never do the
 * same at once. True: nothing that was written waits any more.
 */
export async function send(account: OpenAccount, surroundings: Surroundings): Promise<boolean> {
  const sent = await ifFree(leadName(account.key), async () => {
    const sync = new Sync(account, surroundings.origin, surroundings.fetch);
    await sync.status.load();
    await sync.run();
    await sync.end();
    return true;
  });
  if (sent) return !(await waits(account));
  surroundings.tell({ whisper: 'sync' });
  for (let left = surroundings.patience ?? PATIENCE; left > 0 && (await waits(account)); left -= LOOK)
    await new Promise((done) => setTimeout(done, LOOK));
  return !(await waits(account));
}

async function waits(account: OpenAccount): Promise<boolean> {
  return (await account.shelf.all('unsent')).some((entry) => entry.state === 'waiting');
}
