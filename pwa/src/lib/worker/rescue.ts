/**
 * Refused work is kept in the person's own space as `all:rescued:<space>~<id>~<rev>`, with the reason, so it
 * follows its author to every device. Putting it twice changes nothing.
 */
import type { Rescued } from '../model/documents';
import { envelope } from '../model/envelope';
import { shown } from '../model/mentions';
import type { OpenAccount } from './account';
import { putDocument } from './documents';
import { markFiles } from './files';
import type { Body, Database } from './pouch';

const ENVELOPE = ['_id', '_rev', 'type', 'v', 'lang', 'author', 'by', 'device', 'at'];

/** «<word>: <sentence>» as the gate says it. */
function reasonOf(said: string): { word: string; sentence: string } {
  const colon = said.indexOf(': ');
  return colon > 0
    ? { word: said.slice(0, colon), sentence: said.slice(colon + 2) }
    : { word: 'forbidden', sentence: said };
}

/**
 * Record that the server refused this revision of mine. A new document is kept whole; of an edit only the
 * members I changed, because the rest is others' and I may have lost the right to it.
 */
export async function rescue(
  account: OpenAccount,
  space: string,
  refused: Body,
  said: string,
  base: string | null,
): Promise<void> {
  const own = account.personSpace;
  if (!own) return;
  const { _revisions: _history, ...whole } = refused;
  const document = base === null ? whole : await onlyChanges(await account.database(space), refused, base);
  const id = `all:rescued:${space}~${refused._id}~${String(refused._rev)}`;
  const there = await account.database(own).then((database) => database.allDocs({ keys: [id] }));
  if (there.rows.some((row) => !('error' in row))) return; // known, and perhaps already given up
  const { word, sentence } = reasonOf(said);
  const author = { member: account.key.account, device: account.key.device, lang: account.key.language };
  await putDocument<Rescued>(account, own, {
    ...envelope(id, 'rescued', author, new Date()),
    document,
    reason: word.slice(0, 50),
    sentence: sentence.slice(0, 1000),
    title: titleOf(refused).slice(0, 200),
  });
}

/** The space is no longer mine: what was not sent becomes rescued work, told by the word `gone`. */
export async function rescueUnsent(account: OpenAccount, space: string): Promise<void> {
  const database = await account.database(space);
  for (const entry of await account.shelf.all('unsent', space)) {
    if (entry.state === 'waiting' && entry.rev !== null) {
      const document = await database.get(entry.id, { rev: entry.rev }).catch(() => undefined);
      if (document) {
        await rescue(account, space, document, 'gone: ', entry.base);
        await markFiles(account, space, document, 'waiting', 'held'); // nowhere to send them, but the words name them
      }
    }
    await account.shelf.delete('unsent', space, entry.id);
  }
}

/** The author's own words, or the name of the thing. */
export function titleOf(document: Record<string, unknown>): string {
  const { name, text } = document;
  if (typeof name === 'string') return name;
  // People stand in the text of a comment as ids; here nobody knows what they are called.
  if (typeof text === 'string')
    return shown(text, () => '…')
      .trim()
      .slice(0, 120);
  if (name && typeof name === 'object') return Object.values(name as Record<string, string>)[0] ?? '';
  return '';
}

/** Against the last revision the server knew, not against my last edit. */
async function onlyChanges(database: Database, edit: Body, base: string): Promise<Record<string, unknown>> {
  const before: Record<string, unknown> = await database.get(edit._id, { rev: base }).catch(() => ({}));
  return Object.fromEntries(
    Object.entries(edit).filter(
      ([member, value]) =>
        member === '_deleted' ||
        ENVELOPE.includes(member) ||
        (!member.startsWith('_') && JSON.stringify(value) !== JSON.stringify(before[member])),
    ),
  );
}
