/**
 * People spoken to in a text. What is stored is `@` and a member id, never a name: the name is put in when the text is shown, so a
 * name that changed or was erased is nowhere left behind. Who writes sees names only.
 */
import { byAlphabet } from './search';

/** Somebody who can be spoken to; no two of one list are called the same. */
export interface Named {
  member: string;
  name: string;
}

const mostMentions = 20;

const token = /@([0-9A-HJKMNP-TV-Z]{26})(?![0-9A-Za-z])/g;
const address = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'»]/g;

export type Part =
  { kind: 'words'; text: string } | { kind: 'member'; member: string } | { kind: 'link'; href: string };

/** A stored text, taken apart for showing. */
export function partsOf(text: string): Part[] {
  return split(text, token, (found) => ({ kind: 'member', member: found[1]! })).flatMap((part) =>
    part.kind === 'words' ? split(part.text, address, (found) => ({ kind: 'link', href: found[0] })) : [part],
  );
}

/** Who is spoken to in a stored text, each once. */
export const mentioned = (text: string): string[] =>
  [...new Set([...text.matchAll(token)].map((found) => found[1]!))].slice(0, mostMentions);

/** As it is stored: each `@name` that is one of these people's becomes their id. */
export function stored(shown: string, people: readonly Named[]): string {
  const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length);
  return shown.replace(/@([^@]*)/g, (all, after: string, at: number) => {
    if (/[\p{L}\p{N}]$/u.test(shown.slice(0, at))) return all; // an e-mail address
    const who = longestFirst.find(
      ({ name }) => after.startsWith(name) && !/^[\p{L}\p{N}]/u.test(after.slice(name.length)),
    );
    return who ? `@${who.member}${after.slice(who.name.length)}` : all;
  });
}

/** As who writes sees it. */
export const shown = (text: string, nameOf: (member: string) => string): string =>
  text.replace(token, (_all, member: string) => `@${nameOf(member)}`);

/** What stands between the last `@` and the cursor while a name is being typed; undefined when none is. */
export function typing(text: string, cursor: number): { from: number; word: string } | undefined {
  const before = text.slice(0, cursor);
  const found = /(?:^|[\s(«"'])@([\p{L}\p{N}][\p{L}\p{N} .'-]{0,40}|)$/u.exec(before);
  const word = found?.[1];
  return word === undefined ? undefined : { from: cursor - word.length - 1, word };
}

/** Each called differently: who shares a name with another gets a number behind it, the same one on every device. */
export function distinct(people: readonly Named[]): Named[] {
  const times = new Map<string, number>();
  return [...people]
    .sort((a, b) => (a.name === b.name ? (a.member < b.member ? -1 : 1) : byAlphabet(a.name, b.name)))
    .map(({ member, name }) => {
      const before = times.get(name) ?? 0;
      times.set(name, before + 1);
      return { member, name: before === 0 ? name : `${name} (${before + 1})` };
    });
}

function split(text: string, pattern: RegExp, part: (found: RegExpMatchArray) => Part): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > at) parts.push({ kind: 'words', text: text.slice(at, found.index) });
    parts.push(part(found));
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ kind: 'words', text: text.slice(at) });
  return parts;
}
