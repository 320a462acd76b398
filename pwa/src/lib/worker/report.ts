/**
 * What coordinators may see of a device whose person agrees: when it last synced, and how much waits. Said when the numbers
 * change and at most once an hour otherwise, so that a sync with nothing new stays one request.
 */
import type { OpenAccount } from './account';
import { NoAnswer, type Wire } from './wire';

const AGAIN = 3_600_000; // ms

interface Said {
  waiting: string;
  at: number;
}

/** Remember whether the person agrees; true when that is new. */
export async function agree(account: OpenAccount, agrees: boolean): Promise<boolean> {
  const before = (await account.shelf.get('notes', 'sharesSync'))?.value === true;
  if (before === agrees) return false;
  await account.shelf.put('notes', { name: 'sharesSync', value: agrees });
  await account.shelf.delete('notes', 'reported');
  return true;
}

/** Tell how far each process is here. A report that does not arrive is not worth an error: the next one says the same. */
export async function report(account: OpenAccount, wire: Wire, now: Date): Promise<void> {
  if ((await account.shelf.get('notes', 'sharesSync'))?.value !== true) return;
  const [records, unsent] = await Promise.all([account.shelf.all('spaces'), account.shelf.all('unsent')]);
  const spaces = records
    .filter((record) => record.kind === 'process')
    .map(({ name: space }) => ({
      space,
      waiting: unsent.filter((entry) => entry.space === space && entry.state === 'waiting').length,
      lastSync: now.toISOString(),
    }));
  const waiting = JSON.stringify(spaces.map((one) => [one.space, one.waiting]));
  const said = (await account.shelf.get('notes', 'reported'))?.value as Said | undefined;
  if (said?.waiting === waiting && now.getTime() - said.at < AGAIN) return;
  try {
    const answer = await wire('/api/v1/devices/here/report', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ spaces: spaces.slice(0, 200) }),
      anything: true,
    });
    if (answer.ok)
      await account.shelf.put('notes', { name: 'reported', value: { waiting, at: now.getTime() } });
  } catch (problem) {
    if (!(problem instanceof NoAnswer)) throw problem;
  }
}
