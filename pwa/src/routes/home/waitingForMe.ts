/** Tasks under way that I may contribute to and that wait for nothing else: nearest due first, undated last. */
import { mayAt, type ProcessView } from '$lib/model/process';
import type { TaskNode } from '$lib/model/tree';

export interface MyTask {
  view: ProcessView;
  node: TaskNode;
}

export function waitingForMe(views: readonly ProcessView[]): MyTask[] {
  return views
    .flatMap((view) =>
      view.tree.phases
        .flatMap((phase) => phase.objectives)
        .flatMap((objective) => objective.tasks)
        .filter((node) => node.document.status === 'in_progress' && node.waitsFor.length === 0)
        .filter((node) => mayAt(view, 'create', node.id))
        .map((node) => ({ view, node })),
    )
    .sort((a, b) => {
      const [dueA, dueB] = [a.node.document.due ?? '9999', b.node.document.due ?? '9999'];
      if (dueA !== dueB) return dueA < dueB ? -1 : 1;
      return a.node.id < b.node.id ? -1 : 1;
    });
}
