/** «Not there yet», as a list of things a person recognises. */
import type { OutboxItem } from '../data/store';
import type { Draft, Envelope, Text } from '../model/documents';
import { splitId } from '../model/envelope';
import type { OpenAccount } from './account';
import { filesIn } from './files';
import type { Body } from './pouch';
import { titleOf } from './rescue';
import { rescuesOf } from './rescues';

type Plain = Omit<OutboxItem, 'itemTitle' | 'spaceTitle'>;

export async function outboxOf(account: OpenAccount): Promise<OutboxItem[]> {
  const lists = await Promise.all([waiting(account), refused(account), drafts(account)]);
  const items = await Promise.all(lists.flat().map((item) => named(account, item)));
  return items.sort((a, b) => (a.at > b.at ? -1 : 1));
}

async function waiting(account: OpenAccount): Promise<Plain[]> {
  const unsent = (await account.shelf.all('unsent')).filter(
    (entry) => entry.state === 'waiting' && entry.space !== account.personSpace,
  );
  const items = unsent.map(async ({ space, id, rev }) => {
    const database = await account.database(space);
    const document = await database.get(id, rev ? { rev } : {}).catch(() => undefined);
    return document ? [describe(space, id, 'waiting', document)] : [];
  });
  const words = (await Promise.all(items)).flat();
  return [...words, ...(await uploads(account, words))];
}

/** A file whose words have already arrived. */
async function uploads(account: OpenAccount, words: Plain[]): Promise<Plain[]> {
  const shown = new Set(words.flatMap((item) => item.files.map((file) => file.sha256)));
  const files = (await account.shelf.all('files')).filter((file) => file.state === 'waiting');
  return files
    .filter((file) => !shown.has(file.sha256))
    .map(({ space, partition, sha256, type, size, at }) => ({
      space,
      id: `${partition}:file:${sha256}`,
      state: 'waiting',
      type: 'file',
      title: '',
      at,
      bytes: size,
      files: [{ sha256, type, size, name: '' }],
      ...(partition === 'all' ? {} : { item: partition }),
      ...account.uploads.get(sha256),
    }));
}

async function refused(account: OpenAccount): Promise<Plain[]> {
  return (await rescuesOf(account)).map((record) => {
    const space = splitId(record._id).key.split('~', 1)[0]!;
    return {
      ...describe(space, record.document._id, 'refused', record.document),
      title: record.title ?? '',
      reason: { word: record.reason, sentence: record.sentence },
      rescue: record._id,
    };
  });
}

async function drafts(account: OpenAccount): Promise<Plain[]> {
  if (!account.personSpace) return [];
  const database = await account.database(account.personSpace);
  const { rows } = await database.allDocs({
    startkey: 'all:draft:',
    endkey: 'all:draft:\uffff',
    include_docs: true,
  });
  return rows.flatMap((row) => {
    if (!('doc' in row) || !row.doc) return [];
    const draft = row.doc as unknown as Draft;
    const [space = '', item = ''] = splitId(draft._id).key.split('~');
    return [{ ...describe(space, draft._id, 'draft', draft), item }];
  });
}

function describe(space: string, id: string, state: OutboxItem['state'], document: Envelope): Plain {
  const { partition, type, key } = splitId(id);
  const files = filesIn(document);
  const item =
    partition !== 'all' ? partition : ['phase', 'objective', 'task'].includes(type) ? key : undefined;
  const words = new TextEncoder().encode(JSON.stringify(document)).length;
  return {
    space,
    id,
    state,
    type: document.type ?? type,
    title: titleOf(document as Body),
    at: document.at ?? '',
    bytes: files.reduce((sum, file) => sum + file.size, words),
    files,
    ...(item === undefined ? {} : { item }),
  };
}

async function named(account: OpenAccount, item: Plain): Promise<OutboxItem> {
  const record = await account.record(item.space);
  const spaceTitle = record?.title ? { spaceTitle: record.title } : {};
  if (!record || item.item === undefined) return { ...item, ...spaceTitle };
  const keys = ['task', 'objective', 'phase'].map((type) => `all:${type}:${item.item}`);
  const { rows } = await account.local(record.database).allDocs({ keys, include_docs: true });
  const row = rows.find((one) => 'doc' in one && one.doc);
  const name = row && 'doc' in row ? (row.doc?.name as Text | undefined) : undefined;
  return { ...item, ...spaceTitle, ...(name ? { itemTitle: name } : {}) };
}
