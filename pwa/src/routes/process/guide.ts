/** What the guide draws: the same for a process of mine and for a published one. */
import { language } from '$lib/i18n/language.svelte';
import type { PublishedProcess, Text } from '$lib/model/documents';
import type { ProcessView } from '$lib/model/process';
import { nameIn } from '$lib/model/team';
import {
  progressOf,
  type Node,
  type ObjectiveNode,
  type PhaseNode,
  type Status,
  type TaskNode,
  type TreeDocument,
} from '$lib/model/tree';
import { hrefOfItem } from './hrefs';

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
/** What a phase and an objective say of themselves; a published one has no days and no screen of its own. */
interface Holder {
  id: string;
  name: Text;
  href?: string;
  start?: string;
  due?: string;
  waitsFor: GuideTask['waitsFor'];
}
export interface GuideObjective extends Holder {
  finished: number;
  total: number;
  tasks: GuideTask[];
}
export interface GuidePhase extends Holder {
  description?: Text | null;
  /** It belongs to the delivery of the service, not to its design. */
  codelivery: boolean;
  begun: boolean;
  share: number;
  finished: number;
  total: number;
  objectives: GuideObjective[];
}

/** What is known of a task beside its document. */
export type Beside = (task: TaskNode) => Pick<GuideTask, 'answers' | 'waiting' | 'refused'>;

/** What is waited for, each with its screen. */
function before(view: ProcessView, node: Node<TreeDocument>): GuideTask['waitsFor'] {
  return node.waitsFor.flatMap((id) => {
    const item = view.tree.byId.get(id)?.document;
    return item ? [{ name: item.name, href: hrefOfItem(view.id, item) }] : [];
  });
}

export const taskOf = (view: ProcessView, node: TaskNode, beside: ReturnType<Beside>): GuideTask => ({
  id: node.id,
  name: node.document.name,
  status: node.document.status ?? 'awaiting',
  href: hrefOfItem(view.id, node.document),
  waitsFor: before(view, node),
  due: node.due,
  teams: (node.document.teams ?? []).flatMap(
    (id) => nameIn(view.teams.get(id)?.name, language.code).text || [],
  ),
  two: (node.document._conflicts?.length ?? 0) > 0,
  ...beside,
});

export function guideOf(view: ProcessView, beside: Beside): GuidePhase[] {
  const holderOf = (node: PhaseNode | ObjectiveNode) => ({
    id: node.id,
    name: node.document.name,
    href: hrefOfItem(view.id, node.document),
    start: node.start,
    due: node.due,
    waitsFor: before(view, node),
    ...counts(node.progress),
  });
  return view.tree.phases.map((phase) => ({
    ...holderOf(phase),
    description: phase.document.description,
    codelivery: phase.document.codelivery ?? false,
    begun: phase.progress.status !== 'awaiting',
    objectives: phase.objectives.map((objective) => ({
      ...holderOf(objective),
      tasks: objective.tasks.map((task) => taskOf(view, task, beside(task))),
    })),
  }));
}

export function publishedGuide(published: PublishedProcess): GuidePhase[] {
  return published.phases.map((phase, p) => ({
    id: String(p),
    name: phase.name,
    waitsFor: [],
    codelivery: false,
    begun: phase.status !== 'awaiting',
    ...counts(progressOf(phase.objectives.flatMap((objective) => objective.tasks))),
    objectives: phase.objectives.map((objective, o) => ({
      id: `${p}.${o}`,
      name: objective.name,
      waitsFor: [],
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
