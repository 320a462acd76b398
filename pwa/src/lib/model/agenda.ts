/** The plan as a list for the phone: what is late, what is due this week, what comes, what has no day yet, what is done. */
import { endOfWeek, spanOf } from './days';
import type { Tree, TaskNode } from './tree';

export interface Agenda {
  overdue: TaskNode[];
  week: TaskNode[];
  /** By month («2026-12»), the nearest first. */
  later: { month: string; tasks: TaskNode[] }[];
  undated: TaskNode[];
  finished: TaskNode[];
}

export const tasksOf = (tree: Tree): TaskNode[] =>
  tree.phases.flatMap((phase) => phase.objectives).flatMap((objective) => objective.tasks);

/** The day a task asks for: when it is due, else when it begins. */
export const dayAsked = ({ document }: TaskNode): string | undefined =>
  spanOf({ due: document.due })?.due ?? spanOf({ start: document.start })?.start;

export function agendaOf(tree: Tree, today: string): Agenda {
  const agenda: Agenda = { overdue: [], week: [], later: [], undated: [], finished: [] };
  const months = new Map<string, TaskNode[]>();
  const end = endOfWeek(today);
  for (const node of byDay(tasksOf(tree))) {
    const due = spanOf({ due: node.document.due })?.due;
    const day = dayAsked(node);
    if (node.document.status === 'finished') agenda.finished.push(node);
    else if (day === undefined) agenda.undated.push(node);
    else if (due !== undefined && due < today) agenda.overdue.push(node);
    else if (day <= end) agenda.week.push(node);
    else {
      const month = day.slice(0, 7);
      const there = months.get(month);
      if (there) there.push(node);
      else months.set(month, [node]);
    }
  }
  agenda.later = [...months].map(([month, tasks]) => ({ month, tasks }));
  return agenda;
}

/** The nearest day first; those of one day, and those without one, in the order of the guide. */
function byDay(tasks: TaskNode[]): TaskNode[] {
  const day = (node: TaskNode) => dayAsked(node) ?? '9999-99-99';
  return [...tasks].sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
}
