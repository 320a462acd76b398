/** A process as people see it: phases ▸ objectives ▸ tasks, made from loose documents in any order. */
import type { Objective, Phase, Task } from './documents';
import { splitId } from './envelope';

export type TreeDocument = Phase | Objective | Task;
export type Status = NonNullable<Task['status']>;

/** How far: tasks finished of tasks there are; `share` is 0…1. */
export interface Progress {
  finished: number;
  total: number;
  share: number;
  status: Status;
}

export interface Node<D extends TreeDocument> {
  /** The ULID. */
  id: string;
  document: D;
  progress: Progress;
  /** ULIDs of what should be finished first and is not. */
  waitsFor: string[];
}
export type TaskNode = Node<Task>;
export type ObjectiveNode = Node<Objective> & { tasks: TaskNode[] };
export type PhaseNode = Node<Phase> & { objectives: ObjectiveNode[] };

export interface Tree {
  phases: PhaseNode[];
  /** Every item by its ULID. */
  byId: Map<string, Node<TreeDocument>>;
  progress: Progress;
}

/** A task finished counts; what is disabled neither shows nor counts; what has no parent here waits unseen. */
export function buildTree(documents: readonly TreeDocument[]): Tree {
  const living = documents.filter((document) => !document.disabled);
  const children = (type: TreeDocument['type'], parent?: string) =>
    living
      .filter((document) => document.type === type && (parent === undefined || document.parent === parent))
      .sort(byOrder);
  const phases = (children('phase') as Phase[]).map((phase): PhaseNode => {
    const objectives = (children('objective', idOf(phase)) as Objective[]).map((objective): ObjectiveNode => {
      const tasks = (children('task', idOf(objective)) as Task[]).map((task) =>
        node(task, progressOf([task])),
      );
      return { ...node(objective, progressOf(tasks.map((task) => task.document))), tasks };
    });
    const below = objectives.flatMap((objective) => objective.tasks.map((task) => task.document));
    return { ...node(phase, progressOf(below)), objectives };
  });

  const byId = new Map<string, Node<TreeDocument>>();
  for (const phase of phases) {
    byId.set(phase.id, phase);
    for (const objective of phase.objectives) {
      byId.set(objective.id, objective);
      for (const task of objective.tasks) byId.set(task.id, task);
    }
  }
  for (const item of byId.values())
    item.waitsFor = (item.document.after ?? []).filter((id) => {
      const before = byId.get(id);
      return before !== undefined && before.progress.status !== 'finished';
    });

  const tasks = [...byId.values()].map((item) => item.document).filter((item) => item.type === 'task');
  return { phases, byId, progress: progressOf(tasks as Task[]) };
}

/** The line from the phase down to the item. */
export function pathTo(tree: Tree, id: string): Node<TreeDocument>[] {
  const path: Node<TreeDocument>[] = [];
  for (let at = tree.byId.get(id); at && !path.includes(at); at = tree.byId.get(at.document.parent))
    path.unshift(at);
  return path;
}

export function progressOf(tasks: readonly Pick<Task, 'status'>[]): Progress {
  const finished = tasks.filter((task) => task.status === 'finished').length;
  const begun = tasks.some((task) => (task.status ?? 'awaiting') !== 'awaiting');
  const status =
    tasks.length > 0 && finished === tasks.length ? 'finished' : begun ? 'in_progress' : 'awaiting';
  return { finished, total: tasks.length, share: tasks.length ? finished / tasks.length : 0, status };
}

function node<D extends TreeDocument>(document: D, progress: Progress): Node<D> {
  return { id: idOf(document), document, progress, waitsFor: [] };
}

const idOf = (document: TreeDocument) => splitId(document._id).key;

/** Fractional indexes compare as plain strings; equal ones (made apart, offline) by id, alike everywhere. */
function byOrder(a: TreeDocument, b: TreeDocument): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a._id < b._id ? -1 : 1;
}
