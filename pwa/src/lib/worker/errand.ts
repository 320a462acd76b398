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
 * same at once; it may be ending with its last tab, and then it is ours to do. True: nothing that was written waits any more.
 */
export async function send(account: OpenAccount, surroundings: Surroundings): Promise<boolean> {
  const before = await lastSync(account);
  let left = surroundings.patience ?? PATIENCE;
  let done = await ifFree(leadName(account.key), () => run(account, surroundings));
  if (!done) surroundings.tell({ whisper: 'sync' });
  while (!done && left > 0) {
    await new Promise((over) => setTimeout(over, LOOK));
    left -= LOOK;
    done =
      ((await lastSync(account)) !== before && !(await waits(account))) ||
      (await ifFree(leadName(account.key), () => run(account, surroundings)));
  }
  return !(await waits(account));
}

async function run(account: OpenAccount, { origin, fetch }: Surroundings): Promise<true> {
  const sync = new Sync(account, origin, fetch);
  await sync.status.load();
  await sync.run();
  await sync.end();
  return true;
}

const lastSync = async ({ shelf }: OpenAccount) => (await shelf.get('notes', 'lastSync'))?.value;

async function waits(account: OpenAccount): Promise<boolean> {
  return (await account.shelf.all('unsent')).some((entry) => entry.state === 'waiting');
}
