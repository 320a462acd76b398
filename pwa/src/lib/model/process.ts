/** One process as the screens need it: made from everything in its partition `all`, in one reading. */
import { decide, may, type Path, type Right, type Standing } from './access';
import type { GrantDocument, MemberDocument, Process, PublishedProcess, TeamDocument } from './documents';
import { splitId } from './envelope';
import { partnerOf } from './team';
import { buildTree, pathTo, type Tree, type TreeDocument } from './tree';

export type PartnerKind = 'gov' | 'cit' | 'com';

/** One objective in the cloth: has work begun, and which kinds of partner took part. */
export interface Thread {
  begun: boolean;
  took: PartnerKind[];
}

export interface ProcessView {
  id: string;
  space: string;
  process: Process | undefined;
  tree: Tree;
  members: Map<string, MemberDocument>;
  teams: Map<string, TeamDocument>;
  standing: Standing;
}

export const spaceOf = (processId: string) => `process-${processId}`;
export const processIdOf = (space: string) => space.slice('process-'.length);

type Mine = { member?: string; administrator?: boolean };

export function viewProcess(
  space: string,
  documents: readonly { _id: string; type: string }[],
  me: Mine,
): ProcessView {
  const of = <D>(type: string) => documents.filter((document) => document.type === type) as unknown as D[];
  const keyed = <D extends { _id: string }>(type: string) =>
    new Map(of<D>(type).map((document) => [splitId(document._id).key, document]));
  const items = ['phase', 'objective', 'task'].flatMap((type) => of<TreeDocument>(type));
  const teams = keyed<TeamDocument>('team');
  return {
    id: processIdOf(space),
    space,
    process: of<Process>('process')[0],
    tree: buildTree(items),
    members: keyed<MemberDocument>('member'),
    teams,
    standing: {
      member: me.member,
      administrator: me.administrator ?? false,
      teams: [...teams.values()],
      grants: of<GrantDocument>('grant'),
    },
  };
}

/** From the process down to an item of its tree, or to the process itself; empty for what hangs nowhere. */
export function pathOf(view: Pick<ProcessView, 'id' | 'tree'>, item: string): Path {
  if (item === view.id) return [item];
  const nodes = pathTo(view.tree, item);
  return nodes.length > 0 ? [view.id, ...nodes.map((node) => node.id)] : [];
}

/** May I do this at this item of the tree? */
export const mayAt = (view: ProcessView, right: Right, item: string) =>
  may(view.standing, right, pathOf(view, item));

/** May I, and what decided it. */
export const whyAt = (view: ProcessView, right: Right, item: string) =>
  decide(view.standing, right, pathOf(view, item));

/** The kind of partner someone is: as their member document says, else as my own first team does. */
export function kindOf(view: ProcessView, member: string): PartnerKind {
  const known = view.members.get(member)?.kind;
  if (known) return known;
  const team = view.standing.teams.find((one) => one.members?.includes(member));
  return team ? partnerOf(team.kind) : 'cit';
}

/** The cloth: `made` is what was made at each task, by its ULID. */
export function threadsOf(
  view: ProcessView,
  made: ReadonlyMap<string, readonly { author: string }[]>,
): Thread[] {
  return view.tree.phases
    .flatMap((phase) => phase.objectives)
    .map((objective) => {
      const authors = objective.tasks.flatMap((task) =>
        (made.get(task.id) ?? []).map(({ author }) => author),
      );
      const took = [...new Set(authors.map((author) => kindOf(view, author)))];
      return { begun: objective.progress.status !== 'awaiting' || took.length > 0, took };
    });
}

/** The cloth of a published process. */
export const publishedThreads = (published: PublishedProcess): Thread[] =>
  published.phases
    .flatMap((phase) => phase.objectives)
    .map(({ took_part: took, tasks }) => ({
      begun: took.length > 0 || tasks.some((task) => task.status !== 'awaiting'),
      took,
    }));

/** Finished or put away: it is there to be read, and asks nothing of anybody any more. */
export const isOver = ({ process }: Pick<ProcessView, 'process'>): boolean =>
  process?.status === 'finished' || process?.archived === true;

/** The phase one is in: the first that is begun and not done, else the first not done. */
export function phaseNow(tree: Tree) {
  return (
    tree.phases.find((phase) => phase.progress.status === 'in_progress') ??
    tree.phases.find((phase) => phase.progress.status !== 'finished')
  );
}
