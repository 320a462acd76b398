/** What waits for me, and what is held up: worked out from what is on the device. */
import type { Head } from './head';
import { dayAsked, tasksOf } from './agenda';
import { splitId } from './envelope';
import { isOver, mayAt, type ProcessView } from './process';
import { heldBy, type TaskNode } from './tree';

/** A task under way, something I was asked to do, or a thing of two versions that I may choose between. */
export type Waiting = { view: ProcessView; id: string; item: string; day: string | undefined } & (
  { kind: 'task'; node: TaskNode } | { kind: 'assignment'; head: Head } | { kind: 'two'; head: Head }
);

/** The teams I am in here. */
const teamsOfMine = (view: ProcessView): ReadonlySet<string> => {
  const { member } = view.standing;
  const mine = [...view.teams].filter(([, team]) => member && team.members?.includes(member));
  return new Set(mine.map(([id]) => id));
};

/**
 * Tasks under way that I may contribute to and that wait for nothing else; not those that were given to other teams alone. What I
 * was asked to do and have not done. Two versions of what I may change. The nearest day first, what has none last. In a process that is
 * over, only the two versions.
 */
export function waitingIn(view: ProcessView, heads: readonly Head[]): Waiting[] {
  const teams = teamsOfMine(view);
  const { member } = view.standing;
  const tasks = tasksOf(view.tree)
    .filter((node) => node.document.status === 'in_progress' && node.waitsFor.length === 0)
    .filter(isOpenToMe(view, teams))
    .map((node): Waiting => ({ kind: 'task', view, id: node.id, item: node.id, node, day: dayAsked(node) }));
  const asked = heads
    .filter((head) => head.type === 'assignment' && (head.state ?? 'open') === 'open')
    .filter(
      (head) =>
        (member && head.people?.includes(member)) || head.teams?.some((team) => teams.has(team)) || false,
    )
    .map((head): Waiting => {
      const { partition } = splitId(head._id);
      return { kind: 'assignment', view, id: head._id, item: partition, head, day: head.due ?? undefined };
    });
  const two = heads
    .filter((head) => head.two && mayChoose(view, head))
    .map((head): Waiting => ({ kind: 'two', view, id: head._id, item: itemOf(head), head, day: undefined }));
  return inOrder(isOver(view) ? two : [...asked, ...tasks, ...two]);
}

const isOpenToMe = (view: ProcessView, teams: ReadonlySet<string>) => (node: TaskNode) =>
  (!node.document.teams?.length || node.document.teams.some((team) => teams.has(team))) &&
  mayAt(view, 'create', node.id);

/** What comes next in the guide: the first task not begun that I may begin and that nothing holds up. */
export function nextIn(view: ProcessView): TaskNode | undefined {
  if (isOver(view)) return undefined;
  const mine = isOpenToMe(view, teamsOfMine(view));
  return tasksOf(view.tree).find(
    (node) =>
      (node.document.status ?? 'awaiting') === 'awaiting' &&
      mine(node) &&
      heldBy(view.tree, node.id).length === 0,
  );
}

export const inOrder = (waiting: readonly Waiting[]): Waiting[] =>
  [...waiting].sort((a, b) => {
    const [dayA, dayB] = [a.day ?? '9999', b.day ?? '9999'];
    if (dayA !== dayB) return dayA < dayB ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });

/** The item a document belongs to: an item of the tree is its own. */
function itemOf(head: Pick<Head, '_id'>): string {
  const { partition, key } = splitId(head._id);
  return partition === 'all' ? key : partition;
}

function mayChoose(view: ProcessView, head: Head): boolean {
  if (view.standing.administrator) return true;
  const { partition, type } = splitId(head._id);
  if (partition !== 'all') return head.author === view.standing.member || mayAt(view, 'create', partition);
  return type === 'task' && mayAt(view, 'create', itemOf(head));
}

/** Tasks of phases that have begun which wait for something unfinished: those under way first, then by their day. */
export function blockedIn(view: ProcessView): TaskNode[] {
  if (isOver(view)) return [];
  const phases = view.tree.phases.filter((phase) => phase.progress.status === 'in_progress');
  const tasks = phases.flatMap((phase) => phase.objectives).flatMap((objective) => objective.tasks);
  const rank = (node: TaskNode) =>
    `${node.document.status === 'in_progress' ? 0 : 1} ${dayAsked(node) ?? '9999'}`;
  return tasks
    .filter((node) => node.waitsFor.length > 0 && node.document.status !== 'finished')
    .sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

export type Lack = 'finish' | 'tree' | 'aim' | 'governance' | 'team' | 'people' | 'public';

/** What an administrator may still do so that others can take part, in the order in which it helps; at the end, to say that it is done. */
export function lacksOf(view: ProcessView): Lack[] {
  const { process } = view;
  if (!process || !view.standing.administrator || process.status === 'finished') return [];
  const people = new Set([...view.teams.values()].flatMap((team) => team.members ?? []));
  const { progress } = view.tree;
  const lacks: [Lack, boolean][] = [
    ['finish', progress.total > 0 && progress.status === 'finished'],
    ['tree', view.tree.phases.length === 0],
    ['aim', Object.values(process.aim ?? {}).every((words) => !words.trim())],
    ['governance', !process.governance],
    ['team', view.standing.grants.length === 0],
    ['people', view.standing.grants.length > 0 && people.size <= 1],
    ['public', !process.public],
  ];
  return lacks.filter(([, lacking]) => lacking).map(([lack]) => lack);
}
