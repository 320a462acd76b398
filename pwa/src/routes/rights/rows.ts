/** The tree as rows of the table: the whole process, then every item in its order, with the path to it. */
import type { Path } from '$lib/model/access';
import type { Text } from '$lib/model/documents';
import type { ProcessView } from '$lib/model/process';

export interface Row {
  /** Null: the whole process. */
  target: string | null;
  /** None for the whole process, which the screens name themselves. */
  name?: Text;
  depth: 0 | 1 | 2 | 3;
  path: Path;
}

export function rowsOf(view: Pick<ProcessView, 'id' | 'tree'>): Row[] {
  const rows: Row[] = [{ target: null, depth: 0, path: [view.id] }];
  for (const phase of view.tree.phases) {
    rows.push({ target: phase.id, name: phase.document.name, depth: 1, path: [view.id, phase.id] });
    for (const objective of phase.objectives) {
      const above = [view.id, phase.id, objective.id];
      rows.push({ target: objective.id, name: objective.document.name, depth: 2, path: above });
      for (const task of objective.tasks)
        rows.push({ target: task.id, name: task.document.name, depth: 3, path: [...above, task.id] });
    }
  }
  return rows;
}
