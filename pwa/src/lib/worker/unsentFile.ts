/**
 * «Save what is not sent to a file», for a phone that breaks before it finds a network. The file is JSON:
 *
 *   { "interlink": "unsent", "v": 1, "server", "account", "at",
 *     "documents": [{ "space", "base", "document" }]   with _rev and _revisions: read back, it is the same
 *                                                      revision, so sending it twice takes effect once
 *     "drafts": [document], "rescued": [document],     of the person's own space
 *     "files": [{ "space", "partition", "sha256", "type", "base64" }] }
 */
import type { LoadReport } from '../data/store';
import type { Contribution, Draft } from '../model/documents';
import { envelope, splitId } from '../model/envelope';
import type { OpenAccount } from './account';
import { getDocument, putDocument } from './documents';
import { filesIn, keepFile, markFiles, sha256Of } from './files';
import type { Body } from './pouch';
import { rescuesOf } from './rescues';

interface Carried {
  space: string;
  base: string | null;
  document: Body;
}
interface Unsent {
  interlink: 'unsent';
  v: 1;
  server: string;
  account: string;
  at: string;
  documents: Carried[];
  drafts: Body[];
  rescued: Body[];
  files: { space: string; partition: string; sha256: string; type: string; base64: string }[];
}

export async function writeUnsent(account: OpenAccount, now = new Date()): Promise<Blob> {
  const documents: Carried[] = [];
  for (const { space, id, rev, base, state } of await account.shelf.all('unsent')) {
    if (state !== 'waiting' || space === account.personSpace || rev === null) continue;
    const document = await (await account.database(space)).get(id, { rev, revs: true });
    documents.push({ space, base, document });
  }
  const drafts = account.personSpace ? await ownDrafts(account, account.personSpace) : [];
  const rescued = (await rescuesOf(account)) as unknown as Body[];
  const named = new Set(filesIn([documents, drafts, rescued]).map((file) => file.sha256));
  const files: Unsent['files'] = [];
  for (const { space, partition, sha256, type, blob, state } of await account.shelf.all('files'))
    if (state === 'waiting' || named.has(sha256))
      files.push({ space, partition, sha256, type, base64: toBase64(await blob.arrayBuffer()) });
  const { server, account: who } = account.key;
  const at = now.toISOString();
  const all: Unsent = {
    interlink: 'unsent',
    v: 1,
    server,
    account: who,
    at,
    documents,
    drafts,
    rescued,
    files,
  };
  return new Blob([JSON.stringify(all)], { type: 'application/json' });
}

/** Twice does nothing more. Throws TypeError for a file that is none of ours or was changed. */
export async function readUnsent(account: OpenAccount, file: Blob): Promise<LoadReport> {
  const mine = account.personSpace;
  if (!mine) throw new Error('sign in first: the work needs somebody it belongs to');
  const all = await parse(file);
  const own = all.server === account.key.server && all.account === account.key.account;
  const report: LoadReport = { documents: 0, drafts: 0, rescued: 0, files: all.files.length, own };
  for (const { space, partition, type, base64 } of all.files)
    await keepFile(account, space, partition, fromBase64(base64, type));
  if (own) {
    for (const carried of all.documents) if (await restore(account, carried)) report.documents += 1;
    for (const draft of all.drafts) if (await putIfNew(account, mine, draft)) report.drafts += 1;
    for (const rescued of all.rescued) if (await putIfNew(account, mine, rescued)) report.rescued += 1;
  } else {
    for (const draft of asMyDrafts(account, all))
      if (await putIfNew(account, mine, draft)) report.drafts += 1;
  }
  account.tell({ kind: 'outbox' });
  return report;
}

/** Put back the very revision, unless it is here already (then it waits, or was received). */
async function restore(account: OpenAccount, { space, base, document }: Carried): Promise<boolean> {
  const rev = String(document._rev);
  const isNew = await account.writing(space, async (database) => {
    const known = await database.get(document._id, { rev }).catch(() => undefined);
    if (known) return false;
    const at = new Date().toISOString();
    await account.shelf.put('unsent', {
      space,
      id: document._id,
      rev,
      base,
      at,
      closes: [],
      state: 'waiting',
    });
    await database.bulkDocs([document], { new_edits: false });
    return true;
  });
  if (!isNew) return false;
  await markFiles(account, space, document, 'held', 'waiting');
  account.tell({ kind: 'changes', space, ids: [document._id] });
  return true;
}

/** Another person's words cannot be sent in my name by themselves: I get them as drafts, and decide. */
function asMyDrafts(account: OpenAccount, all: Unsent): Body[] {
  const author = { member: account.key.account, device: account.key.device, lang: account.key.language };
  const words = [
    ...all.documents.map(({ space, document }) => ({ space, document })),
    ...all.rescued.map((record) => ({
      space: splitId(record._id).key.split('~', 1)[0]!,
      document: record.document as Body,
    })),
  ].filter(({ document }) => document.type === 'contribution');
  const drafts = words.map(({ space, document }) => {
    const { partition, key } = splitId(document._id);
    return { id: `all:draft:${space}~${partition}~${key}`, from: document as unknown as Contribution };
  });
  const begun = all.drafts.map((draft) => ({
    id: `${draft._id}~${all.account.slice(-6)}`,
    from: draft as unknown as Draft,
  }));
  return [...drafts, ...begun].map(({ id, from }) => ({
    ...envelope(id, 'draft', { ...author, lang: from.lang }, new Date()),
    text: from.text,
    files: from.files ?? [],
  }));
}

async function putIfNew(account: OpenAccount, space: string, document: Body): Promise<boolean> {
  if (await getDocument(account, space, document._id)) return false;
  const { _rev, _revisions, ...body } = document as Body & { _revisions?: unknown };
  await putDocument(account, space, body as Body);
  return true;
}

async function ownDrafts(account: OpenAccount, space: string): Promise<Body[]> {
  const database = await account.database(space);
  const range = { startkey: 'all:draft:', endkey: 'all:draft:\uffff', include_docs: true };
  return (await database.allDocs(range)).rows.flatMap((row) => ('doc' in row && row.doc ? [row.doc] : []));
}

async function parse(file: Blob): Promise<Unsent> {
  let all: Partial<Unsent>;
  try {
    all = (JSON.parse(await file.text()) ?? {}) as Partial<Unsent>;
  } catch (cause) {
    throw new TypeError('not a file of unsent work', { cause });
  }
  const lists = [all.documents, all.drafts, all.rescued, all.files];
  if (all.interlink !== 'unsent' || all.v !== 1 || !lists.every(Array.isArray))
    throw new TypeError('not a file of unsent work');
  for (const { sha256, type, base64 } of all.files!)
    if ((await sha256Of(fromBase64(base64, type))) !== sha256) throw new TypeError('a file in it is damaged');
  return all as Unsent;
}

function toBase64(bytes: ArrayBuffer): string {
  const STEP = 0x8000; // arguments a call may have
  const view = new Uint8Array(bytes);
  let text = '';
  for (let at = 0; at < view.length; at += STEP) text += String.fromCharCode(...view.subarray(at, at + STEP));
  return btoa(text);
}

function fromBase64(text: string, type: string): Blob {
  return new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type });
}
