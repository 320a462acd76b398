/** What the guide draws: the same for a process of mine and for a published one. */
import { language } from '$lib/i18n/language.svelte';
import type { PublishedProcess, Text } from '$lib/model/documents';
import type { ProcessView } from '$lib/model/process';
import { nameIn } from '$lib/model/team';
import { progressOf, type PhaseNode, type Status, type TaskNode } from '$lib/model/tree';

export interface GuideTask {
  id: string;
  name: Text;
  status: Status;
  /** Where a tap leads; none in a published process. */
  href?: string;
  waitsFor: { name: Text; href?: string }[];
  due?: string;
  teams: string[];
  answers: number;
  /** Of mine: how many wait to be sent, how many were not accepted. */
  waiting: number;
  refused: number;
  /** Two versions of it live side by side. */
  two: boolean;
}
export interface GuideObjective {
  id: string;
  name: Text;
  finished: number;
  total: number;
  tasks: GuideTask[];
}
export interface GuidePhase {
  id: string;
  name: Text;
  description?: Text | null;
  begun: boolean;
  share: number;
  finished: number;
  total: number;
  objectives: GuideObjective[];
}

/** What is known of a task beside its document. */
export type Beside = (task: TaskNode) => Pick<GuideTask, 'answers' | 'waiting' | 'refused'>;

export function guideOf(view: ProcessView, beside: Beside): GuidePhase[] {
  const hrefOf = (id: string) => `/processes/${view.id}/tasks/${id}`;
  const taskOf = (node: TaskNode): GuideTask => ({
    id: node.id,
    name: node.document.name,
    status: node.document.status ?? 'awaiting',
    href: hrefOf(node.id),
    waitsFor: node.waitsFor.flatMap((id) => {
      const before = view.tree.byId.get(id);
      if (!before) return [];
      return [{ name: before.document.name, href: before.document.type === 'task' ? hrefOf(id) : undefined }];
    }),
    due: node.document.due ?? undefined,
    teams: (node.document.teams ?? []).flatMap(
      (id) => nameIn(view.teams.get(id)?.name, language.code).text || [],
    ),
    two: (node.document._conflicts?.length ?? 0) > 0,
    ...beside(node),
  });
  return view.tree.phases.map((phase: PhaseNode) => ({
    id: phase.id,
    name: phase.document.name,
    description: phase.document.description,
    begun: phase.progress.status !== 'awaiting',
    ...counts(phase.progress),
    objectives: phase.objectives.map((objective) => ({
      id: objective.id,
      name: objective.document.name,
      ...counts(objective.progress),
      tasks: objective.tasks.map(taskOf),
    })),
  }));
}

export function publishedGuide(published: PublishedProcess): GuidePhase[] {
  return published.phases.map((phase, p) => ({
    id: String(p),
    name: phase.name,
    begun: phase.status !== 'awaiting',
    ...counts(progressOf(phase.objectives.flatMap((objective) => objective.tasks))),
    objectives: phase.objectives.map((objective, o) => ({
      id: `${p}.${o}`,
      name: objective.name,
      ...counts(progressOf(objective.tasks)),
      tasks: objective.tasks.map((task, t) => ({
        id: `${p}.${o}.${t}`,
        name: task.name,
        status: task.status,
        waitsFor: [],
        teams: [],
        answers: 0,
        waiting: 0,
        refused: 0,
        two: false,
      })),
    })),
  }));
}

const counts = ({ finished, total, share }: { finished: number; total: number; share: number }) => ({
  finished,
  total,
  share,
});
