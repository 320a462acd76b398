/**
 * Which spaces I may read. Only the server's list, told by the same server to the same account, adds or
 * removes one: an error, a portal or a missing database says nothing, and nothing is deleted for it.
 */
import type { SpaceInfo, SpaceKind } from '../data/store';
import type { Text } from '../model/documents';
import type { OpenAccount } from './account';
import { rescueUnsent } from './rescue';
import type { SpaceRecord } from './shelf';
import type { Wire } from './wire';

interface Listed {
  name: string;
  kind: SpaceKind;
  title?: Text;
  member?: string;
  administrator?: boolean;
  gained: number;
  lost: number;
  documents: number;
  bytes: number;
  files: number;
  fileBytes: number;
}
interface Listing {
  account: string | null;
  server: string;
  spaces: Listed[];
}

/** False: the session is over or another person's; nothing was changed. */
export async function refreshSpaces(account: OpenAccount, wire: Wire): Promise<boolean> {
  const answer = await wire('/api/v1/spaces');
  if (answer.status === 401) return false;
  if (!answer.ok) throw new Error(`the list of spaces answered ${answer.status}`);
  const listing = (await answer.json()) as Listing;
  const me = account.key.account === '-' ? null : account.key.account;
  if (listing.server !== account.key.server || (listing.account ?? null) !== me) return false;

  const listed = new Map(listing.spaces.map((space) => [space.name, space]));
  for (const space of listed.values())
    await account.shelf.change('spaces', [space.name], (known) => learn(account, known, space));
  for (const known of await account.shelf.all('spaces'))
    if (!listed.has(known.name)) await drop(account, known);
  account.tell({ kind: 'spaces' });
  return true;
}

/** The server disabled the account: there is no process it may see. What was not sent is rescued, and goes on living here. */
export async function letGo(account: OpenAccount): Promise<void> {
  for (const known of await account.shelf.all('spaces'))
    if (known.kind === 'process') await drop(account, known);
  account.tell({ kind: 'spaces' });
  account.tell({ kind: 'outbox' });
}

/** The list as screens see it; from memory, offline too. */
export async function knownSpaces(account: OpenAccount): Promise<SpaceInfo[]> {
  const [records, files] = await Promise.all([account.shelf.all('spaces'), account.shelf.all('files')]);
  return records.map((record): SpaceInfo => {
    const own = files.filter((file) => file.space === record.name && file.state !== 'held');
    return {
      name: record.name,
      kind: record.kind,
      documents: record.documents,
      bytes: record.bytes,
      files: record.files,
      fileBytes: record.fileBytes,
      here: {
        documents: record.held ?? 0,
        files: own.length,
        fileBytes: own.reduce((sum, file) => sum + file.size, 0),
      },
      complete: record.complete,
      kept: record.kept,
      hidden: record.rebuild === 'lost',
      ...(record.title ? { title: record.title } : {}),
      ...(record.member ? { member: record.member } : {}),
      ...(record.administrator ? { administrator: true } : {}),
    };
  });
}

function learn(account: OpenAccount, known: SpaceRecord | undefined, space: Listed): SpaceRecord {
  const { gained: _gained, ...told } = space;
  const record: SpaceRecord = {
    ...(known ?? {
      database: account.databaseName(space.name),
      lostBuilt: space.lost,
      kept: false,
      complete: false,
    }),
    ...told,
  };
  if (record.lost !== record.lostBuilt) record.rebuild = 'lost';
  return record;
}

/** I may no longer read it. What of mine was not sent is rescued first. */
async function drop(account: OpenAccount, space: SpaceRecord): Promise<void> {
  await rescueUnsent(account, space.name);
  await account.shelf.delete('spaces', space.name);
  await account.destroy(space.database);
  if (space.next) await account.destroy(space.next);
  for (const file of await account.shelf.all('files', space.name))
    if (file.state === 'here') await account.shelf.delete('files', file.space, file.partition, file.sha256);
}
