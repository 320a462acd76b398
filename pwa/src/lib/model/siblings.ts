/** Where an item goes among its siblings: which orders to write, so that as little as possible is written. */
import { between, places } from './order';

interface Sibling {
  id: string;
  order: string;
}
/** What to write: `order` for each item named. */
export type Placing = Map<string, string>;

/**
 * Put `id` at a place among the others (0: first). Mostly it alone is written. Where there is no room (two people gave two items
 * the same place, a key of another form, one too long) all are numbered anew.
 */
export function placing(others: readonly Sibling[], id: string, at: number): Placing {
  const order = between(others[at - 1]?.order, others[at]?.order);
  if (order !== undefined) return new Map([[id, order]]);
  const ids = others.map((one) => one.id);
  ids.splice(at, 0, id);
  const fresh = places(ids.length);
  const was = new Map(others.map((one) => [one.id, one.order]));
  return new Map(ids.flatMap((one, n) => (was.get(one) === fresh[n] ? [] : [[one, fresh[n]!] as const])));
}
