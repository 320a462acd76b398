/**
 * Search over what this device holds: every word, or its beginning, must stand somewhere; accents and case do not matter. Pure.
 *
 * An entry keeps a document's words folded, with a blank before each, so that «begins a word» is one look for «␣word». The rank says
 * what people mean first: the name before the text, whole words before beginnings, then the newest.
 */
import type { Envelope, Text } from './documents';
import { fold } from './search';

export interface Entry {
  space: string;
  id: string;
  type: string;
  /** What it is called; of what has no name its first words. */
  name: Text;
  at: string;
  /** Folded, a blank before each word. */
  title: string;
  body: string;
}

const mostWords = 8;
/** Characters of a text that are found by; the rest of a longer one is not. */
const mostText = 20_000;
const longestName = 120;

/** Types in which nobody looks for words: they say something about other documents. */
const silent = new Set([
  ...['grant', 'reaction', 'resolution', 'approval', 'rating', 'call', 'answer', 'rescued', 'handover'],
  ...['notice', 'read', 'wishes'],
  ...['handover-answer', 'quarantined', 'quarantine-decision'],
]);
/** Members that hold ids, digests, dates and words of vocabularies: `backend/search/domain.py` leaves out the same. */
const wordless = new Set([
  ...[
    'type',
    'v',
    'lang',
    'author',
    'by',
    'device',
    'at',
    'settles',
    'key',
    'parent',
    'order',
    'after',
    'about',
  ],
  ...['reply_to', 'mentions', 'people', 'members', 'team', 'teams', 'target', 'status', 'kind', 'licence'],
  ...[
    'difficulty',
    'form',
    'format',
    'targets',
    'types',
    'scopes',
    'languages',
    'profiles',
    'schema',
    'made_from',
  ],
  ...[
    'sha256',
    'id',
    'service',
    'capabilities',
    'part',
    'state',
    'sign',
    'took_part',
    'start',
    'due',
    'updated',
  ],
  ...['logo', 'snapshots', 'tool', 'template', 'templates'],
]);

/** What a document can be found by; undefined when it says nothing, or was put aside. */
export function entryOf(space: string, document: Envelope): Entry | undefined {
  const content = document as Envelope & Record<string, unknown>;
  if (silent.has(document.type) || content.archived === true || content.disabled === true) return undefined;
  const { name: _name, ...rest } = content;
  const texts = [...wordsIn(rest)];
  const named = nameOf(content);
  const name = named ?? firstWords(texts, document.lang);
  if (Object.keys(name).length === 0) return undefined;
  return {
    space,
    id: document._id,
    type: document.type,
    name,
    at: document.at,
    title: named ? spaced(Object.values(name).join(' ')) : '',
    body: spaced(texts.join(' ').slice(0, mostText)),
  };
}

/** The text of a document that says the most of these words: one text in one language, for the lines around a hit. */
export function textSaying(document: Envelope, words: readonly string[]): string {
  const { name: _name, ...rest } = document as Envelope & Record<string, unknown>;
  const says = (text: string) => words.filter((word) => spaced(text).includes(` ${word}`)).length;
  let [best, most] = ['', 0];
  for (const text of wordsIn(rest)) {
    const some = says(text);
    if (some > most) [best, most] = [text, some];
  }
  return best.slice(0, mostText);
}

/** What is asked for, word by word; a single letter begins too many words to mean something. */
export const asked = (words: string): string[] =>
  spaced(words)
    .split(' ')
    .filter((word) => word.length > 1)
    .slice(0, mostWords);

/** The entries that say every word, the best first. */
export function rank(entries: Iterable<Entry>, words: readonly string[], most: number): Entry[] {
  if (words.length === 0) return [];
  const found: { entry: Entry; score: number }[] = [];
  for (const entry of entries) {
    const score = scoreOf(entry, words);
    if (score > 0) found.push({ entry, score });
  }
  found.sort((a, b) => b.score - a.score || (a.entry.at < b.entry.at ? 1 : -1));
  return found.slice(0, most).map(({ entry }) => entry);
}

function scoreOf({ title, body }: Entry, words: readonly string[]): number {
  let score = 0;
  for (const word of words) {
    const begins = ` ${word}`;
    if (title.includes(begins)) score += `${title} `.includes(`${begins} `) ? 16 : 12;
    else if (body.includes(begins)) score += `${body} `.includes(`${begins} `) ? 2 : 1;
    else return 0;
  }
  return score + (title.startsWith(` ${words.join(' ')}`) ? 8 : 0);
}

/** The words around the first hit, in pieces; true: asked for. */
export function around(text: string, words: readonly string[], most = 24): [string, boolean][] {
  const parts = text.replace(/<[^>]*>/g, ' ').split(/(\s+)/);
  const isHit = (part: string) =>
    spaced(part)
      .split(' ')
      .some((one) => one && words.some((word) => one.startsWith(word)));
  const first = Math.max(0, parts.findIndex(isHit));
  const from = Math.max(0, first - most / 2);
  const pieces: [string, boolean][] = from > 0 ? [['… ', false]] : [];
  for (const part of parts.slice(from, from + 2 * most)) {
    const hit = isHit(part);
    const last = pieces.at(-1);
    if (last && last[1] === hit) last[0] += part;
    else pieces.push([part, hit]);
  }
  if (from + 2 * most < parts.length) pieces.push([' …', false]);
  return pieces.filter(([piece]) => piece !== '');
}

const spaced = (text: string) => ` ${fold(text.replace(/<[^>]*>/g, ' '))}`.replace(/[^\p{L}\p{N}]+/gu, ' ');

function nameOf({ name }: Record<string, unknown>): Text | undefined {
  if (typeof name === 'string') return name.trim() ? { '': name.trim() } : undefined;
  if (typeof name !== 'object' || name === null) return undefined;
  const said = Object.entries(name).filter(([, text]) => typeof text === 'string' && text.trim() !== '');
  return said.length > 0 ? (Object.fromEntries(said) as Text) : undefined;
}

function firstWords(texts: readonly string[], lang: string): Text {
  const line = texts
    .map((text) =>
      text
        .trim()
        .split('\n')[0]!
        .replace(/^[#*>\-\s]+/, ''),
    )
    .find((one) => one !== '');
  return line ? { [lang]: line.slice(0, longestName) } : {};
}

function* wordsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const one of value) yield* wordsIn(one);
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value))
      if (!name.startsWith('_') && !wordless.has(name)) yield* wordsIn(one);
}
