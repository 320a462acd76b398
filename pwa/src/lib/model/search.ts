/** Search as one types: accents and case do not matter, every word must be found somewhere. */
import type { Interlinker } from './documents';

const marks = /\p{M}+/gu;
/** «Pārvaldības» → «parvaldibas». */
export const fold = (text: string) => text.normalize('NFD').replace(marks, '').toLowerCase();

export interface Filter {
  words: string;
  kind?: string;
  profile?: string;
  difficulty?: string;
  language?: string;
}

export interface Entry {
  interlinker: Interlinker;
  name: string;
  all: string;
}

/** Everything an INTERLINKER says of itself in any language, made ready once. */
export function entry(interlinker: Interlinker): Entry {
  const texts = [interlinker.name, interlinker.overview, interlinker.description].flatMap((text) =>
    Object.values(text ?? {}),
  );
  const tags = Object.values(interlinker.tags).flat();
  return {
    interlinker,
    name: fold(Object.values(interlinker.name).join(' ')),
    all: fold([...texts, ...tags].join(' ').replace(/<[^>]*>/g, ' ')),
  };
}

/** What fits the filter, names first; the order given stays among equals. */
export function find(entries: readonly Entry[], filter: Filter): Interlinker[] {
  const words = fold(filter.words).split(/\s+/).filter(Boolean).slice(0, 12);
  const fits = ({ interlinker, all }: Entry) =>
    (!filter.kind || interlinker.kind === filter.kind) &&
    (!filter.profile || interlinker.profiles.includes(filter.profile)) &&
    (!filter.difficulty || interlinker.difficulty === filter.difficulty) &&
    (!filter.language || interlinker.languages.includes(filter.language)) &&
    words.every((word) => all.includes(word));
  const inName = (item: Entry) => (words.every((word) => item.name.includes(word)) ? 0 : 1);
  return entries
    .filter(fits)
    .sort((a, b) => inName(a) - inName(b))
    .map((item) => item.interlinker);
}
