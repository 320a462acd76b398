/**
 * What a form changed: the difference between how its document was when the form opened and how it is wished, to be put upon the
 * document as it is when it is saved. What others changed meanwhile stays; two people who change different things do not meet.
 */
import type { Text } from './documents';

type Members = Record<string, unknown>;

/** Texts by language and lists of names are compared part by part; anything else as a whole. */
export function changed<T extends object>(before: T, wished: Partial<T>, now: T): Partial<T> {
  const result: Members = {};
  for (const [name, wish] of Object.entries(wished)) {
    const was = (before as Members)[name];
    if (same(was, wish)) continue;
    const is = (now as Members)[name];
    if (isList(wish) && (was === undefined || isList(was)))
      result[name] = listOf(was ?? [], wish, isList(is) ? is : []);
    else if (isText(wish) && (was === undefined || was === null || isText(was)))
      result[name] = textOf(was ?? {}, wish, isText(is) ? is : {});
    else result[name] = wish;
  }
  return result as Partial<T>;
}

/** What takes a change back: the members it names as they were; undefined where there were none. */
export function former<T extends object>(before: T, change: Partial<T>): Partial<T> {
  const names = Object.keys(change) as (keyof T)[];
  return Object.fromEntries(names.map((name) => [name, before[name]])) as Partial<T>;
}

export const same = (one: unknown, other: unknown): boolean =>
  written(one ?? null) === written(other ?? null);

/** An empty text or list says nothing, like none. The order in which languages stand does not matter. */
function written(value: unknown): string {
  if (isList(value)) return value.length ? JSON.stringify(value) : 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length ? JSON.stringify(entries) : 'null';
}

function listOf(was: readonly string[], wish: readonly string[], is: readonly string[]): string[] {
  const kept = is.filter((one) => wish.includes(one) || !was.includes(one));
  return [...kept, ...wish.filter((one) => !was.includes(one) && !kept.includes(one))];
}

/** No language left: the text is gone (null), as a declaration wants it. */
function textOf(was: Text, wish: Text, is: Text): Text | null {
  const result = { ...is };
  for (const lang of new Set([...Object.keys(was), ...Object.keys(wish)])) {
    if (was[lang] === wish[lang]) continue;
    if (wish[lang] === undefined) delete result[lang];
    else result[lang] = wish[lang];
  }
  return Object.keys(result).length > 0 ? result : null;
}

const isList = (value: unknown): value is string[] => Array.isArray(value);
const isText = (value: unknown): value is Text =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((words) => typeof words === 'string');
