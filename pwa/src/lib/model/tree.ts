/**
 * A process as people see it: phases ▸ objectives ▸ tasks, made from loose documents in any order, in time that grows with their number.
 * What is derived is derived here and nowhere stored: progress, the dates of what holds tasks, what waits for what, circles.
 */
import { findCircles, type Circle } from './circles';
import type { Objective, Phase, Task } from './documents';
import { splitId } from './envelope';
import { progressOf, type Progress } from './progress';

export { progressOf, type Progress, type Status } from './progress';

export type TreeDocument = Phase | Objective | Task;
export type ItemType = TreeDocument['type'];

export interface Node<D extends TreeDocument> {
  /** The ULID. */
  id: string;
  document: D;
  progress: Progress;
  /** ULIDs of what should be finished first and is not. */
  waitsFor: string[];
  /** First day and last day; of what holds tasks, the earliest and the latest of theirs. */
  start?: string;
  due?: string;
}
export type TaskNode = Node<Task>;
export type ObjectiveNode = Node<Objective> & { tasks: TaskNode[] };
export type PhaseNode = Node<Phase> & { objectives: ObjectiveNode[] };

export interface Tree {
  phases: PhaseNode[];
  /** Every item by its ULID, without what is switched off and all under it. */
  byId: Map<string, Node<TreeDocument>>;
  progress: Progress;
  /** Items that wait for each other, round and round: nobody may ever begin. */
  circles: Circle[];
  /** Switched off, in their order; what hangs under them is not named. */
  off: TreeDocument[];
  /** Neither switched off nor under something that is, but their parent is not here: removed, not yet arrived, a circle. */
  stray: TreeDocument[];
}

/** A task finished counts; what is disabled neither shows nor counts; what has no parent here waits unseen. */
export function buildTree(documents: readonly TreeDocument[]): Tree {
  const children = new Map<string, TreeDocument[]>();
  for (const document of documents) {
    // Phases hang on the process: whatever they name as their parent, they are its first level.
    const place = document.type === 'phase' ? 'phase' : `${document.type} ${document.parent}`;
    const siblings = children.get(place);
    if (siblings) siblings.push(document);
    else children.set(place, [document]);
  }
  const below = <D extends TreeDocument>(place: string) =>
    ((children.get(place) ?? []) as D[]).filter((document) => !document.disabled).sort(byOrder);

  const byId = new Map<string, Node<TreeDocument>>();
  const known = <N extends Node<TreeDocument>>(item: N): N => {
    byId.set(item.id, item);
    return item;
  };
  const phases = below<Phase>('phase').map((phase): PhaseNode => {
    const objectives = below<Objective>(`objective ${idOf(phase)}`).map((objective): ObjectiveNode => {
      const tasks = below<Task>(`task ${idOf(objective)}`).map((task) => known(leaf(task)));
      return known({ ...holder(objective, tasks), tasks });
    });
    return known({
      ...holder(
        phase,
        objectives.flatMap((objective) => objective.tasks),
      ),
      objectives,
    });
  });
  for (const item of byId.values())
    item.waitsFor = (item.document.after ?? []).filter((id) => {
      const before = byId.get(id);
      return before !== undefined && before.progress.status !== 'finished';
    });

  const tasks = [...byId.values()].map((item) => item.document).filter((item) => item.type === 'task');
  const hidden = documents.filter((document) => !byId.has(idOf(document))).sort(byOrder);
  return {
    phases,
    byId,
    progress: progressOf(tasks as Task[]),
    circles: findCircles([...byId.values()].map(({ id, document }) => ({ id, ...linksOf(document) }))),
    ...parted(hidden),
  };
}

/** The line from the phase down to the item. */
export function pathTo(tree: Tree, id: string): Node<TreeDocument>[] {
  const path: Node<TreeDocument>[] = [];
  for (let at = tree.byId.get(id); at && !path.includes(at); at = tree.byId.get(at.document.parent))
    path.unshift(at);
  return path;
}

/** What holds an item up: what it waits for itself, and what the objective and the phase it stands in wait for. The highest first. */
export const heldBy = (tree: Tree, id: string): Node<TreeDocument>[] =>
  pathTo(tree, id).filter((item) => item.waitsFor.length > 0);

/** The items of a kind under one parent, in their order (phases: all). */
export function siblingsOf(tree: Tree, type: ItemType, parent: string): Node<TreeDocument>[] {
  if (type === 'phase') return tree.phases;
  const above = tree.byId.get(parent);
  if (!above) return [];
  return type === 'objective' ? (above as PhaseNode).objectives : (above as ObjectiveNode).tasks;
}

export const idOf = (document: TreeDocument) => splitId(document._id).key;

/** What an item hangs on and waits for. */
export const linksOf = ({ type, parent, after }: Pick<TreeDocument, 'type' | 'parent' | 'after'>) => ({
  parent: type === 'phase' ? undefined : parent,
  after: after ?? [],
});

function leaf(task: Task): TaskNode {
  const { start, due } = task;
  return { id: idOf(task), document: task, progress: progressOf([task]), waitsFor: [], ...days(start, due) };
}

function holder<D extends Phase | Objective>(document: D, tasks: readonly TaskNode[]): Node<D> {
  // Days are compared as they are written: 2026-11-24.
  const all = (pick: 'start' | 'due') => tasks.flatMap((task) => task[pick] ?? []).sort();
  return {
    id: idOf(document),
    document,
    progress: progressOf(tasks.map((task) => task.document)),
    waitsFor: [],
    ...days(all('start')[0], all('due').at(-1)),
  };
}

const days = (start?: string | null, due?: string | null) => ({
  ...(start ? { start } : {}),
  ...(due ? { due } : {}),
});

/** What is not shown, by why: switched off itself, under something that is (not named), or nowhere at all. */
function parted(hidden: readonly TreeDocument[]): Pick<Tree, 'off' | 'stray'> {
  const here = new Map(hidden.map((document) => [idOf(document), document]));
  const isUnderOff = (document: TreeDocument): boolean => {
    const seen = new Set<TreeDocument>([document]);
    for (let at = here.get(document.parent); at && !seen.has(at); at = here.get(at.parent)) {
      if (at.disabled) return true;
      seen.add(at);
    }
    return false;
  };
  const tops = hidden.filter((document) => !isUnderOff(document));
  return {
    off: tops.filter((document) => document.disabled),
    stray: tops.filter((document) => !document.disabled),
  };
}

/** Fractional indexes compare as plain strings; equal ones (made apart, offline) by id, alike everywhere. */
function byOrder(a: TreeDocument, b: TreeDocument): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a._id < b._id ? -1 : 1;
}
