/** What was made at the items of a process, and what of mine is not there yet. */
import type { ItemState } from '$lib/data/store';
import type { Head } from '$lib/model/head';
import { splitId } from '$lib/model/envelope';

/** What was made at each item of the tree, by the item's ULID. */
export type Made = ReadonlyMap<string, readonly Head[]>;

export function madeAt(heads: readonly Head[]): Made {
  const made = new Map<string, Head[]>();
  for (const head of heads) {
    const { partition } = splitId(head._id);
    if (partition === 'all') continue;
    const there = made.get(partition);
    if (there) there.push(head);
    else made.set(partition, [head]);
  }
  return made;
}

/** How many contributions there are at an item. */
export const answersAt = (made: Made, item: string) =>
  (made.get(item) ?? []).filter((head) => head.type === 'contribution').length;

export interface OnTheWay {
  waiting: number;
  refused: number;
}

/** Of mine: how much at each item waits or was not accepted. A changed status counts at its task. */
export function onTheWay(states: ReadonlyMap<string, ItemState> | undefined): ReadonlyMap<string, OnTheWay> {
  const counts = new Map<string, OnTheWay>();
  for (const [document, state] of states ?? []) {
    if (state !== 'waiting' && state !== 'refused') continue;
    const { partition, type, key } = splitId(document);
    const item = type === 'task' ? key : partition;
    const count = counts.get(item) ?? { waiting: 0, refused: 0 };
    count[state] += 1;
    counts.set(item, count);
  }
  return counts;
}
