/** Versions of a document that are not its winner: held here, else asked of the server, which keeps what was superseded for 90 days. */
import type { Held } from '../data/store';
import type { Envelope } from '../model/documents';
import type { OpenAccount } from './account';
import { getVersion } from './documents';
import type { Wire } from './wire';

/** Undefined: nobody within reach has it (any more). */
export async function versionOf<D extends Envelope>(
  account: OpenAccount,
  wire: Wire,
  space: string,
  id: string,
  rev: string,
): Promise<Held<D> | undefined> {
  const here = await getVersion<D>(account, space, id, rev);
  if (here) return here;
  try {
    const path = [space, id].map(encodeURIComponent).join('/');
    const answer = await wire(`/db/${path}?rev=${encodeURIComponent(rev)}`);
    return answer.ok ? ((await answer.json()) as Held<D>) : undefined;
  } catch {
    return undefined; // no network: what is not here is not to be had now
  }
}

/** The newest version that all of these go on from; undefined where it is not to be had. */
export async function ancestorOf<D extends Envelope>(
  account: OpenAccount,
  wire: Wire,
  space: string,
  id: string,
  revs: string[],
): Promise<Held<D> | undefined> {
  const lines = await Promise.all(revs.map((rev) => lineOf(account, space, id, rev)));
  const [first = [], ...others] = lines;
  const common = first.find((rev) => others.every((line) => line.includes(rev)));
  return common === undefined ? undefined : versionOf<D>(account, wire, space, id, common);
}

/** A revision and what it follows, the newest first. */
async function lineOf(account: OpenAccount, space: string, id: string, rev: string): Promise<string[]> {
  const database = await account.database(space);
  const found = await database.get(id, { rev, revs: true }).catch(() => undefined);
  const line = found?._revisions;
  return line ? line.ids.map((digest, age) => `${line.start - age}-${digest}`) : [];
}
