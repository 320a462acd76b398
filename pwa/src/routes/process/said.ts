/** What was said in a whole process, and what of mine is not there yet: read beside the tree. */
import type { ItemState, Store } from '$lib/data/store';
import type { Contribution } from '$lib/model/documents';
import { splitId } from '$lib/model/envelope';
import type { ProcessView } from '$lib/model/process';

/** Contributions of each task, by its ULID. */
export type Said = ReadonlyMap<string, readonly Contribution[]>;
export const nothingSaid: Said = new Map();

export async function readSaid(store: Store, view: ProcessView | undefined): Promise<Said> {
  if (!view) return nothingSaid;
  const tasks = [...view.tree.byId.values()].filter((node) => node.document.type === 'task');
  const lists = tasks.map(
    async ({ id }) => [id, await store.list<Contribution>(view.space, id, 'contribution')] as const,
  );
  return new Map(await Promise.all(lists));
}

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
