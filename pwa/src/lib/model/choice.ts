/**
 * Versions of one document that contradict each other, and what a person's choice between them writes.
 *
 * A choice is one revision after the version that is shown; it names the others in `settles`, and the server closes them
 * (docs/conflicts.md). What only one of the versions changed against their common ancestor is not asked: it is taken along, whichever
 * version somebody chooses, and so are the additions to lists of all of them. Without the ancestor nobody can say who changed what, so every member that differs is shown.
 */
import type { Envelope, Text } from './documents';

/** A document as both sides of the chooser see it. */
export type Version = Envelope & { _rev: string } & Record<string, unknown>;

/** Where versions differ: a member, one language of a text, or one item of a list. */
export interface Difference {
  member: string;
  lang?: string;
  /** What names the item in its list. */
  item?: string;
  /** What each version says there, in the order of the versions; undefined: nothing. */
  said: unknown[];
  /** What it was before; null: nothing; undefined: nobody knows. */
  before?: unknown;
}

/** Who acted last, and what the choice itself says: no content. */
const signature = new Set(['type', 'v', 'lang', 'author', 'by', 'device', 'at', 'settles']);
const isContent = (name: string) => !name.startsWith('_') && !signature.has(name);
/** As many revisions as are named at most: `MAX_SETTLED` of the backend, less what others may add meanwhile. */
const most = 20;

/** The versions beside the one that is shown which nobody has laid aside yet. */
export const openVersions = (document: Pick<Envelope, '_conflicts' | 'settles'>): string[] =>
  (document._conflicts ?? []).filter((rev) => !document.settles?.includes(rev));

/**
 * Whose a version is, told so that two of one's own are two: `here`, `elsewhere` by the device that made it, and `earlier` where a
 * younger one was made at the same place. Undefined: somebody else's.
 */
export function ofMine(
  version: Version,
  versions: readonly Version[],
  me: { member: string | null | undefined; device: string },
): 'only' | 'here' | 'elsewhere' | 'earlier' | undefined {
  if (version.by !== me.member) return undefined;
  const place = ({ device }: Version) => (device === me.device ? 'here' : 'elsewhere');
  const others = versions.filter(({ by, _rev }) => by === me.member && _rev !== version._rev);
  if (others.length === 0) return 'only';
  const younger = others.some((one) => place(one) === place(version) && one.at > version.at);
  return younger ? 'earlier' : place(version);
}

/** What these versions differ in and a person must choose; `before` is their common ancestor. */
export function differences(versions: readonly Version[], before?: Version): Difference[] {
  const names = [...new Set(versions.flatMap(Object.keys))].filter(isContent);
  return names.flatMap((member) => {
    const said = versions.map((version) => version[member]);
    if (same(said)) return [];
    if (before && areLists([...said, before[member]])) return contested(member, said, before[member]);
    if (![...said, before?.[member]].every((one) => empty(one) || isText(one)))
      return decided(said, before, member)
        ? []
        : [{ member, said, before: before && (before[member] ?? null) }];
    const texts = said.map((one) => (one ?? {}) as Text);
    const was = before && ((before[member] ?? {}) as Text);
    const languages = [...new Set(texts.flatMap(Object.keys))];
    return languages.flatMap((lang) => {
      const words = texts.map((text) => text[lang]);
      if (same(words) || decided(words, was, lang)) return [];
      return [{ member, lang, said: words, before: was && (was[lang] ?? null) }];
    });
  });
}

/** The items of a list that several versions word differently. What was added, removed or ticked is taken along, unasked. */
function contested(member: string, said: unknown[], was: unknown): Difference[] {
  const before = itemsOf(was);
  const lists = said.map(itemsOf);
  return [...before].flatMap(([item, old]) => {
    const items = lists.map((list) => list.get(item));
    const changed = items.map(wording).filter((words) => words !== undefined && words !== wording(old));
    return new Set(changed).size > 1 ? [{ member, item, said: items, before: old }] : [];
  });
}

/** What an item of a list says in words; undefined: it is not there, or has none. */
function wording(item: unknown): string | undefined {
  const { text, alt, name } = (item ?? {}) as Record<string, unknown>;
  return [text, alt, name].find((one) => typeof one === 'string');
}

/**
 * What choosing `picked` writes over `shown`, not signed yet: the picked content, with what only another version changed.
 * Author and type never change.
 */
export function chosen(
  shown: Version,
  picked: Version,
  versions: readonly Version[],
  before?: Version,
): Version {
  const content: Record<string, unknown> = { ...picked };
  for (const member of new Set(versions.flatMap(Object.keys).filter(isContent))) {
    const value = joined(
      picked[member],
      versions.map((version) => version[member]),
      before,
      member,
    );
    if (value === undefined) delete content[member];
    else content[member] = value;
  }
  const aside = versions.map(({ _rev }) => _rev).filter((rev) => rev !== shown._rev);
  const settles = [...new Set([...aside, ...(shown.settles ?? [])])].slice(0, most);
  const { _id, _rev, author, type } = shown;
  return { ...content, _id, _rev, author, type, settles } as Version;
}

/** One member of the choice: what was picked, except where only others changed it. */
function joined(picked: unknown, said: unknown[], before: Version | undefined, member: string): unknown {
  if (before === undefined || same(said)) return picked;
  const was = before[member];
  if (areLists([...said, was])) return together(picked, said, was);
  if (![...said, was].every((one) => empty(one) || isText(one))) return theOnly(said, was, picked);
  const texts = said.map((one) => (one ?? {}) as Text);
  const languages = new Set(texts.flatMap(Object.keys));
  const found = [...languages].flatMap((lang) => {
    const words = theOnly(
      texts.map((text) => text[lang]),
      ((was ?? {}) as Text)[lang],
      ((picked ?? {}) as Text)[lang],
    );
    return words === undefined ? [] : [[lang, words] as const];
  });
  return found.length > 0 ? Object.fromEntries(found) : picked;
}

/** The one change there is; what was picked where several contradict each other. */
function theOnly(said: unknown[], was: unknown, picked: unknown): unknown {
  const changed = said.filter((one) => !equal(one, was));
  return changed.length > 0 && same(changed) ? changed[0] : picked;
}

/** All additions and all removals; an item that one changed and another removed stays, as the server does it. */
function together(picked: unknown, said: unknown[], was: unknown): unknown[] {
  const [before, first, ...others] = [was, picked, ...said].map(itemsOf) as [Items, Items, ...Items[]];
  const names = new Set([...before.keys(), ...first.keys(), ...others.flatMap((items) => [...items.keys()])]);
  return [...names].flatMap((name) => {
    const changed = [first, ...others].filter((items) => !equal(items.get(name), before.get(name)));
    const kept = changed.find((items) => items.has(name));
    if (kept) return [kept.get(name)];
    return changed.length === 0 && before.has(name) ? [before.get(name)] : [];
  });
}

type Items = Map<string, unknown>;
const areLists = (values: unknown[]) =>
  values.some(Array.isArray) && values.every((one) => empty(one) || Array.isArray(one));

/** A list by what names its items: their id, the digest of a file, else what they say. */
const itemsOf = (list: unknown): Items =>
  new Map(
    ((list ?? []) as unknown[]).map((item) => {
      const { id, sha256 } = (item ?? {}) as { id?: unknown; sha256?: unknown };
      return [JSON.stringify(id ?? sha256 ?? ordered(item)), item];
    }),
  );

/** Whether all who changed it changed it alike: then there is nothing to choose. */
function decided(said: unknown[], before: object | undefined, name: string): boolean {
  if (before === undefined) return false;
  return same(said.filter((one) => !equal(one, (before as Record<string, unknown>)[name])));
}

const empty = (value: unknown) => value === undefined || value === null;

/** A text in several languages, as `Text` has it. */
const isText = (value: unknown): value is Text =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([name, one]) => /^[a-z]{2,3}(-|$)/.test(name) && typeof one === 'string');

const same = (values: unknown[]) => values.every((value) => equal(value, values[0]));

/** Equal as JSON, whatever the order of members; nothing equals null. */
function equal(a: unknown, b: unknown): boolean {
  if (empty(a) || empty(b)) return empty(a) && empty(b);
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, ordered(one)]),
  );
}
