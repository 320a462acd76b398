/**
 * What happened in a process, told from the documents that are on this device: who did what, to what, when.
 *
 * A document tells two moments: when it was made (its key is a ULID, which begins with the time) and when it was last changed
 * (`at`). Both are the clock of the device it was written on, so they say when somebody acted, not when it arrived; a clock that
 * goes wrong may even name a moment that has not come.
 */
import type { Head } from './head';
import { splitId } from './envelope';

/** What people look for: words said, things made, talk about them, work shared out, the guide itself, who came. */
export const SORTS = ['said', 'made', 'talk', 'work', 'guide', 'people'] as const;
export type Sort = (typeof SORTS)[number];

export interface Deed {
  /** Of one line: unique and stable. */
  id: string;
  document: string;
  type: string;
  sort: Sort;
  verb: 'added' | 'changed';
  /** Member id. */
  who: string;
  /** The item of the tree, by its ULID; none: the process itself. */
  item: string | undefined;
  /** RFC 3339, by the clock of the device. */
  at: string;
  /** How many alike on that day are told in one line. */
  count: number;
  head: Head;
}

const SORT: Record<string, Sort | undefined> = {
  ...{ contribution: 'said', comment: 'talk', resolution: 'talk', assignment: 'work', credit: 'work' },
  ...{ approval: 'work', need: 'work', claim: 'work', member: 'people' },
  ...{ process: 'guide', phase: 'guide', objective: 'guide', task: 'guide' },
};
/** A sign under a comment is too small to be told; teams and rights are recorded by the server, which knows who set them. */
const UNTOLD = new Set(['reaction', 'team', 'grant', 'handover', 'handover-answer', 'quarantined']);
/** Who wrote what a process began with. */
export const SERVER = 'server';
const MINUTE = 60_000; // ms; written again within it, it is the same act
const CLOCKS = 5 * MINUTE; // ms that clocks may differ before it is worth a word

export function deedsOf(heads: readonly Head[]): Deed[] {
  const deeds: Deed[] = [];
  for (const head of heads) {
    const { partition, type, key } = splitId(head._id);
    if (UNTOLD.has(type)) continue;
    const sort = SORT[type] ?? (partition === 'all' ? undefined : 'made');
    if (!sort) continue;
    // The tree that came with the process began with it: the line of the process says so.
    const came = head.author === SERVER && sort === 'guide' && type !== 'process';
    const item = partition !== 'all' ? partition : sort === 'guide' && type !== 'process' ? key : undefined;
    const who = type === 'member' ? key : head.author;
    const deed = { document: head._id, type, sort, item, count: 1, head };
    const made = madeAt(key) ?? (head.turn === 1 ? head.at : undefined);
    if (made !== undefined && !came)
      deeds.push({ ...deed, id: `${head._id} added`, verb: 'added', who, at: made });
    const changed = head.turn > 1 && (made === undefined || Date.parse(head.at) - Date.parse(made) > MINUTE);
    if (changed && type !== 'member')
      deeds.push({ ...deed, id: `${head._id} changed`, verb: 'changed', who: head.by, at: head.at });
  }
  return deeds.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1));
}

/** What the same person did in the same way, at the same item, on the same day becomes one line at its latest moment. */
export function grouped(deeds: readonly Deed[], dayOf: (at: string) => string): Deed[] {
  const lines = new Map<string, Deed>();
  for (const deed of deeds) {
    const where = deed.sort === 'guide' && deed.verb === 'added' ? '' : deed.item;
    const line = [dayOf(deed.at), deed.who, deed.type, deed.verb, where].join(' ');
    const before = lines.get(line);
    if (before) lines.set(line, { ...before, count: before.count + 1 });
    else lines.set(line, deed);
  }
  return [...lines.values()];
}

export interface Wanted {
  who?: string;
  sort?: string;
  item?: string;
  /** Id of one document: what was done to it, and what is about it. */
  about?: string;
}

export const fits = (deed: Deed, { who, sort, item, about }: Wanted): boolean =>
  (!who || deed.who === who) &&
  (!sort || deed.sort === sort) &&
  (!item || deed.item === item) &&
  (!about || deed.document === about || deed.head.about === about);

/** The device's clock was ahead: the moment it names has not come. */
export const isAhead = (at: string, now: Date): boolean => Date.parse(at) - now.getTime() > CLOCKS;

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The moment in a ULID; undefined for other keys. */
export function madeAt(key: string): string | undefined {
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(key)) return undefined;
  let time = 0;
  for (const letter of key.slice(0, 10)) time = time * 32 + LETTERS.indexOf(letter);
  return time <= 8.64e15 ? new Date(time).toISOString() : undefined;
}
