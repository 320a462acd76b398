/** Finding building blocks as one types: accents and case do not matter, every word must be found somewhere. */
import type { Interlinker, Opinions, ProblemProfile, Text } from './documents';
import { splitId } from './envelope';
import { weighed } from './opinions';
import { byAlphabet, fold, typed } from './search';
import { textIn } from './text';

/** What is asked for; an empty word asks for nothing. Each is a member of the address. */
export interface Filter {
  words: string;
  kind: string;
  profile: string;
  difficulty: string;
  language: string;
  licence: string;
  /** So many stars or more. */
  stars: string;
}

export const nothing: Readonly<Filter> = {
  words: '',
  kind: '',
  profile: '',
  difficulty: '',
  language: '',
  licence: '',
  stars: '',
};

export interface Entry {
  interlinker: Interlinker;
  opinions: Opinions | undefined;
  /** To sort by, in the language of the screens. */
  label: string;
  readonly name: string;
  readonly all: string;
}

/** Everything an INTERLINKER says of itself in any language, made ready once, when somebody looks for words. */
export function entry(interlinker: Interlinker, opinions: Opinions | undefined, language: string): Entry {
  const texts = [interlinker.name, interlinker.overview, interlinker.description].flatMap((text) =>
    Object.values(text ?? {}),
  );
  const tags = Object.values(interlinker.tags).flat();
  let name: string | undefined;
  let all: string | undefined;
  return {
    interlinker,
    opinions,
    label: textIn(interlinker.name, language).text,
    get name() {
      return (name ??= fold(Object.values(interlinker.name).join(' ')));
    },
    get all() {
      return (all ??= fold([...texts, ...tags].join(' ').replace(/<[^>]*>/g, ' ')));
    },
  };
}

const ease = ['very_easy', 'easy', 'medium', 'difficult', 'very_difficult'];

/** What fits; names that hold the words first, then what one can read, what people found good, what is easy, by name. */
export function find(entries: readonly Entry[], filter: Filter, language: string): Entry[] {
  const words = typed(filter.words);
  const least = Number(filter.stars) || 0;
  const fits = (one: Entry) =>
    (!filter.kind || one.interlinker.kind === filter.kind) &&
    (!filter.profile || one.interlinker.profiles.includes(filter.profile)) &&
    (!filter.difficulty || one.interlinker.difficulty === filter.difficulty) &&
    (!filter.language || one.interlinker.languages.includes(filter.language)) &&
    (!filter.licence || one.interlinker.licence === filter.licence) &&
    (least === 0 || (one.opinions?.mean ?? 0) >= least) &&
    words.every((word) => one.all.includes(word));
  const order = (one: Entry): number[] => [
    words.length > 0 && words.every((word) => one.name.includes(word)) ? 0 : 1,
    one.interlinker.languages.includes(language) ? 0 : 1,
    -weighed(one.opinions),
    ease.indexOf(one.interlinker.difficulty),
  ];
  return entries
    .filter(fits)
    .map((one) => ({ one, order: order(one) }))
    .sort((a, b) => {
      const at = a.order.findIndex((value, n) => value !== b.order[n]);
      if (at >= 0) return a.order[at]! - b.order[at]!;
      return byAlphabet(a.one.label, b.one.label) || (a.one.interlinker._id < b.one.interlinker._id ? -1 : 1);
    })
    .map(({ one }) => one);
}

/** What is on the screen keeps its place while more arrives: what comes later stands behind it, in its own order. */
export function keepOrder(shown: readonly string[], found: readonly Entry[]): Entry[] {
  const place = new Map(shown.map((id, at) => [id, at]));
  const of = (one: Entry) => place.get(one.interlinker._id) ?? shown.length;
  return [...found].sort((a, b) => of(a) - of(b));
}

const names: Record<keyof Filter, string> = {
  words: 'q',
  kind: 'kind',
  profile: 'problem',
  difficulty: 'difficulty',
  language: 'language',
  licence: 'licence',
  stars: 'stars',
};
const keys = Object.keys(names) as (keyof Filter)[];

/** What an address asks for. */
export function read(search: string): Filter {
  const params = new URLSearchParams(search);
  return Object.fromEntries(keys.map((key) => [key, (params.get(names[key]) ?? '').slice(0, 200)])) as never;
}

/** The address that asks for it: «?q=…», or nothing. */
export function address(filter: Filter): string {
  const params = new URLSearchParams(
    keys.flatMap((key) => (filter[key].trim() ? [[names[key], filter[key].trim()]] : [])),
  );
  return params.size > 0 ? `?${params}` : '';
}

/** How many of the filters are set, the words not counted. */
export const filtersSet = (filter: Filter) => keys.filter((key) => key !== 'words' && filter[key]).length;

/** Opinions of an entry list: by key of the INTERLINKER. */
export const entries = (
  blocks: readonly Interlinker[],
  opinions: ReadonlyMap<string, Opinions>,
  language: string,
) => blocks.map((block) => entry(block, opinions.get(splitId(block._id).key), language));

/** What each kind of problem is called, by its key. */
export const problemNames = (problems: readonly ProblemProfile[]): ReadonlyMap<string, Text> =>
  new Map(problems.map((problem) => [splitId(problem._id).key, problem.name]));
