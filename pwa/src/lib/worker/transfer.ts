/** Files over the network, after the words: to the server in pieces that can be resumed, and from it. */
import type { OpenAccount, Upload } from './account';
import { filesIn, keepFile, sha256Of } from './files';
import type { Run } from './replicate';
import type { FileRecord, SpaceRecord } from './shelf';
import { splitId } from '../model/envelope';
import { Later, NoAnswer, type Wire } from './wire';

const PIECE = 512 * 1024; // bytes: what a slow line carries before it breaks
const PATIENCE = 120_000; // ms for a piece
const AT_ONCE = 3;

const address = (space: string, partition: string, sha256: string) =>
  `/api/v1/files/${space}/${encodeURIComponent(partition)}/${sha256}`;

/** Send what documents name. One that the server will not take now stays, and does not stop the others. */
export async function sendFiles(account: OpenAccount, wire: Wire): Promise<void> {
  const waiting = (await account.shelf.all('files')).filter((file) => file.state === 'waiting');
  for (const file of waiting.sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (!(await send(account, wire, file))) {
      if (account.uploads.get(file.sha256)?.why) await letGo(account, file);
      continue;
    }
    await account.shelf.put('files', { ...file, state: 'here' });
    account.tell({ kind: 'outbox' });
  }
}

/**
 * A server restored from a backup may lack files it once had. Everything that is here is asked for, others' photos too:
 * whoever has one and may add to the place can bring it back.
 */
export async function sendFilesAgain({ account, wire, welcome }: Run, record: SpaceRecord): Promise<void> {
  const files = record.kind === 'commons' ? [] : await account.shelf.all('files', record.name);
  for (const file of files.filter((one) => one.state === 'here')) {
    const head = await wire(address(file.space, file.partition, file.sha256), {
      method: 'HEAD',
      anything: true,
    });
    if (head.status !== 404 && arrived(head) === undefined) throw new NoAnswer('not our server');
    if ((arrived(head) ?? 0) < file.size) await send(account, wire, file);
  }
  const asked = welcome.uuid;
  if (asked) await account.shelf.change('spaces', [record.name], (now) => now && { ...now, asked });
}

/** True once the server has the whole file. */
async function send(account: OpenAccount, wire: Wire, file: FileRecord): Promise<boolean> {
  const path = address(file.space, file.partition, file.sha256);
  const headers = { 'Content-Type': file.type || 'application/octet-stream' };
  const put = (body: Blob, range?: string) =>
    wire(path, {
      method: 'PUT',
      body,
      headers: { ...headers, ...(range ? { 'Content-Range': range } : {}) },
      timeout: PATIENCE,
      anything: true,
    });
  const inPieces = file.size > PIECE;
  let offset = inPieces ? (arrived(await wire(path, { method: 'HEAD', anything: true })) ?? 0) : 0;
  while (offset < file.size) {
    if (inPieces) note(account, file, { sent: offset });
    const end = Math.min(offset + PIECE, file.size);
    const range = inPieces ? `bytes ${offset}-${end - 1}/${file.size}` : undefined;
    const answer = await put(inPieces ? file.blob.slice(offset, end) : file.blob, range);
    const there = arrived(answer) ?? 0; // more than was sent, when the file came by another way meanwhile
    if (there < end) {
      const why = await whyNot(answer);
      note(account, file, { sent: offset, ...(why ? { why } : {}) });
      return false;
    }
    offset = there;
  }
  account.uploads.delete(file.sha256);
  return true;
}

function note(account: OpenAccount, { sha256 }: FileRecord, upload: Upload): void {
  account.uploads.set(sha256, upload);
  account.tell({ kind: 'outbox' });
}

/** The sentence with which our server says no. Undefined: it said none, or only that a piece did not follow the one before. */
async function whyNot(answer: Response): Promise<string | undefined> {
  const type = answer.headers.get('Content-Type') ?? '';
  if (answer.ok || answer.status === 409 || !type.startsWith('application/problem+json')) return undefined;
  const { detail } = (await answer.json().catch(() => ({}))) as { detail?: unknown };
  return typeof detail === 'string' ? detail : undefined;
}

/** What the server does not take, and no words name any more, is not offered again. */
async function letGo(account: OpenAccount, file: FileRecord): Promise<void> {
  const { space, partition, sha256 } = file;
  const range = { startkey: `${partition}:`, endkey: `${partition}:\uffff`, include_docs: true };
  const { rows } = await (await account.database(space)).allDocs(range);
  if (rows.some((row) => 'doc' in row && filesIn(row.doc).some((named) => named.sha256 === sha256))) return;
  await account.shelf.put('files', { ...file, state: 'held' });
  account.uploads.delete(sha256);
  account.tell({ kind: 'outbox' });
}

/** Bytes the server has of a file. Only ours says it: a portal that answers «200» in its place has taken nothing. */
function arrived(answer: Response): number | undefined {
  const told = answer.ok ? answer.headers.get('Upload-Offset') : null;
  return told === null ? undefined : Number(told);
}

/** From here, else from the server, and then kept. Undefined: not to be had now. */
export async function fileOf(
  account: OpenAccount,
  wire: Wire,
  space: string,
  partition: string,
  sha256: string,
): Promise<Blob | undefined> {
  const there = await account.shelf.get('files', space, partition, sha256);
  if (there) return there.blob;
  try {
    return await fetchFile(account, wire, space, partition, sha256);
  } catch (problem) {
    if (problem instanceof NoAnswer || problem instanceof Later) return undefined;
    throw problem;
  }
}

/** Files of the spaces somebody wants offline. */
export async function fetchKept(account: OpenAccount, wire: Wire): Promise<void> {
  for (const record of await account.shelf.all('spaces')) {
    if (!record.kept || record.filesAt === (record.pulled ?? '')) continue;
    await fetchAll(account, wire, record);
  }
}

async function fetchAll(account: OpenAccount, wire: Wire, record: SpaceRecord): Promise<void> {
  const missing = await missingFiles(account, record);
  const queue = missing.values();
  const one = async () => {
    for (const [partition, sha256] of queue) await fetchFile(account, wire, record.name, partition, sha256);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const filesAt = record.pulled ?? '';
  await account.shelf.change('spaces', [record.name], (now) => now && { ...now, filesAt });
  account.tell({ kind: 'spaces' });
}

/** Partition and hash of each file that documents of this space name and that is not here. */
export async function missingFiles(account: OpenAccount, record: SpaceRecord): Promise<[string, string][]> {
  const { rows } = await account.local(record.database).allDocs({ include_docs: true });
  const wanted = new Map<string, [string, string]>();
  for (const row of rows) {
    if (!('doc' in row) || !row.doc) continue;
    const { partition } = splitId(row.id);
    for (const { sha256 } of filesIn(row.doc)) wanted.set(`${partition} ${sha256}`, [partition, sha256]);
  }
  for (const file of await account.shelf.all('files', record.name))
    wanted.delete(`${file.partition} ${file.sha256}`);
  return [...wanted.values()];
}

async function fetchFile(account: OpenAccount, wire: Wire, space: string, partition: string, sha256: string) {
  const answer = await wire(address(space, partition, sha256), { timeout: PATIENCE, anything: true });
  if (!answer.ok) return undefined;
  const blob = await answer.blob();
  // Whatever answered in the server's place, these are not the bytes that were asked for.
  if ((await sha256Of(blob)) !== sha256) throw new NoAnswer('another file came');
  await keepFile(account, space, partition, blob, 'here');
  return blob;
}
