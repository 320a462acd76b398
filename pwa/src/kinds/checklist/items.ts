/** What one does with the items of a checklist. Pure: items go in, the changed list comes out; what did not change stays the same object. */
import type { ChecklistItem } from '$lib/model/documents';
import { between, places } from '$lib/model/order';

/** Items that one person may make. The gate takes twice as many, so that what two added apart still fits. */
export const mostItems = 500;
export const longestItem = 500; // characters

/** In the order people see. Equal places (made apart, offline) by id, alike on every device. */
export const sorted = (items: readonly ChecklistItem[]): ChecklistItem[] =>
  [...items].sort((a, b) => (a.order === b.order ? compare(a.id, b.id) : compare(a.order, b.order)));

const compare = (a: string, b: string) => (a < b ? -1 : 1);

/** Put new ones at the end: each line is one. What is too long is parted from, what is too many is left out. */
export function add(items: readonly ChecklistItem[], text: string, id: () => string): ChecklistItem[] {
  const all = [...items];
  let last = sorted(items).at(-1)?.order;
  for (const line of lines(text)) {
    if (all.length >= mostItems) break;
    const order = between(last, undefined);
    if (order === undefined) break; // a list that somebody else's program numbered to the very end
    all.push({ id: id(), text: line, done: false, order });
    last = order;
  }
  return all;
}

/** The things that a text lists: its lines, or its points where it has any (the headings between them are none). */
export function lines(text: string): string[] {
  const all = text.split(/\r?\n/).map((line) => line.trim());
  const points = all.flatMap((line) => /^(?:[-*+•]|\d{1,3}[.)])\s+(.*)$/.exec(line)?.[1] ?? []);
  return (points.length > 0 ? points : all)
    .map((line) =>
      line
        .replace(/^\[[ xX]?\]\s*/, '')
        .trim()
        .slice(0, longestItem),
    )
    .filter((line) => line !== '');
}

export const change = (
  items: readonly ChecklistItem[],
  id: string,
  members: Partial<ChecklistItem>,
): ChecklistItem[] => items.map((item) => (item.id === id ? { ...item, ...members } : item));

export const remove = (items: readonly ChecklistItem[], id: string): ChecklistItem[] =>
  items.filter((item) => item.id !== id);

/** Put back what was removed; somebody's newer version of it stays. */
export const restore = (items: readonly ChecklistItem[], item: ChecklistItem): ChecklistItem[] =>
  items.some(({ id }) => id === item.id) ? [...items] : [...items, item];

/** One step up (-1) or down (1). Only the moved item is written, unless there is no room: then all get new places. */
export function move(items: readonly ChecklistItem[], id: string, step: -1 | 1): ChecklistItem[] {
  const shown = sorted(items);
  const at = shown.findIndex((item) => item.id === id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= shown.length) return [...items];
  const [before, after] = step < 0 ? [shown[to - 1], shown[to]] : [shown[to], shown[to + 1]];
  const order = between(before?.order, after?.order);
  if (order !== undefined) return change(items, id, { order });
  const [moved] = shown.splice(at, 1);
  shown.splice(to, 0, moved!);
  const anew = places(shown.length);
  return shown.map((item, n) => ({ ...item, order: anew[n]! }));
}
