/** What administrators do to the guide: all of it here and now, without a network; each act can be taken back. */
import { ulid } from 'ulid';
import { store } from '../data/client';
import { changed } from '../model/change';
import { circleIf, type Circle } from '../model/circles';
import type { Text } from '../model/documents';
import { envelope } from '../model/envelope';
import { placing } from '../model/siblings';
import { linksOf, siblingsOf, type ItemType, type Tree, type TreeDocument } from '../model/tree';
import { authorIn } from '../state/author';
import { changeDocument, type Undo } from './changeDocument';

export const mostPrerequisites = 200;

const idIn = (type: ItemType, key: string) => `all:${type}:${key}`;
const all = (undos: readonly (Undo | undefined)[]): Undo => {
  return async () => void (await Promise.all(undos.map((undo) => undo?.())));
};

/** Add an item after its siblings; `parent` is the process for a phase. Resolves to its ULID and what takes it back. */
export async function addItem(
  space: string,
  tree: Tree,
  type: ItemType,
  parent: string,
  name: Text,
): Promise<{ id: string; undo: Undo }> {
  const key = ulid();
  const siblings = siblingsOf(tree, type, parent).map(({ id, document: { order } }) => ({ id, order }));
  const placed = placing(siblings, key, siblings.length);
  const { [type]: made } = {
    phase: { codelivery: false },
    objective: {},
    task: { status: 'awaiting' as const },
  };
  await store.put(space, {
    ...envelope(idIn(type, key), type, authorIn(space), new Date()),
    parent,
    order: placed.get(key)!,
    name,
    after: [],
    ...made,
  } as TreeDocument);
  const others = await orderAnew(space, type, placed, key);
  return {
    id: key,
    undo: async () => {
      await store.remove(space, idIn(type, key));
      await others();
    },
  };
}

/** Put an item among its siblings (0: first), or under another parent: there at the end, when `at` says no more. */
export async function placeItem(
  space: string,
  tree: Tree,
  document: TreeDocument,
  parent: string,
  at = Number.POSITIVE_INFINITY,
): Promise<Undo> {
  const { type } = document;
  const key = document._id.slice(idIn(type, '').length);
  const others = siblingsOf(tree, type, parent)
    .filter((one) => one.id !== key)
    .map((one) => ({ id: one.id, order: one.document.order }));
  const placed = placing(others, key, Math.min(at, others.length));
  const moved = await changeDocument<TreeDocument>(space, document._id, (now) =>
    changed(now, { parent, order: placed.get(key) ?? now.order }, now),
  );
  return all([moved, await orderAnew(space, type, placed, key)]);
}

/** Switch an item off or on. What hangs under it goes and comes with it, as it was. */
export const switchItem = (space: string, document: TreeDocument, disabled: boolean) =>
  changeDocument<TreeDocument>(space, document._id, (now) => changed(now, { disabled }, now));

/** Write what a form changed since it opened. */
export const changeItem = <D extends TreeDocument>(space: string, before: D, wished: Partial<D>) =>
  changeDocument<D>(space, before._id, (now) => changed<D>(before, wished, now));

/** The circle that would close if the item waited for the other, over what is shown now. */
export const circleInTree = (tree: Tree, item: string, before: string): Circle | undefined =>
  circleIf(
    [...tree.byId.values()].map(({ id, document }) => ({ id, ...linksOf(document) })),
    item,
    before,
  );

/** Number the others anew where there was no room; mostly there is nothing to write. */
async function orderAnew(
  space: string,
  type: ItemType,
  placed: ReadonlyMap<string, string>,
  except: string,
): Promise<Undo> {
  const undos: (Undo | undefined)[] = [];
  for (const [id, order] of placed)
    if (id !== except)
      undos.push(await changeDocument<TreeDocument>(space, idIn(type, id), () => ({ order })));
  return all(undos);
}
