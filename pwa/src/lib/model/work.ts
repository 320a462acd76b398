/** Who is asked to do what, and who did what: made from assignments, credits and approvals in any order. */
import type { Approval, Assignment, Credit } from './documents';
import type { ProcessView } from './process';
import { nameIn } from './team';

export type Part = Credit['part'];
export const PARTS: readonly Part[] = ['managing', 'making', 'delivering'];

/** A credit with what administrators answered to it. */
export interface Credited<C extends Credit = Credit, A extends Approval = Approval> {
  credit: C;
  answers: A[];
  /** One of them says yes. */
  approved: boolean;
}

/** Am I asked, by name or in one of my teams? */
export function isForMe({ standing }: Pick<ProcessView, 'standing'>, asked: Assignment): boolean {
  const { member, teams } = standing;
  if (!member) return false;
  if (asked.people?.includes(member)) return true;
  const mine = teams.filter((team) => team.members?.includes(member)).map(({ _id }) => _id.split(':')[2]);
  return asked.teams?.some((team) => mine.includes(team)) ?? false;
}

/** What I am asked to do and is not done: the nearest day first, what has none last. */
export function assignedToMe<A extends Assignment>(
  view: Pick<ProcessView, 'standing'>,
  assignments: readonly A[],
): A[] {
  const day = ({ due }: A) => due ?? '9999';
  return assignments
    .filter((one) => (one.state ?? 'open') === 'open' && isForMe(view, one))
    .sort((a, b) => (day(a) === day(b) ? (a._id < b._id ? -1 : 1) : day(a) < day(b) ? -1 : 1));
}

/** What is asked about one thing: open before done before withdrawn, each in the order of asking. */
export function askedAbout<A extends Assignment>(about: string, assignments: readonly A[]): A[] {
  const rank = ({ state = 'open' }: A) => ['open', 'done', 'withdrawn'].indexOf(state);
  return assignments
    .filter((one) => one.about === about)
    .sort((a, b) => rank(a) - rank(b) || (a._id < b._id ? -1 : 1));
}

/** Who did something for one thing, in the order in which they said so. */
export function creditsAbout<C extends Credit, A extends Approval>(
  about: string,
  credits: readonly C[],
  approvals: readonly A[],
): Credited<C, A>[] {
  return credits
    .filter((one) => one.about === about)
    .sort((a, b) => (a._id < b._id ? -1 : 1))
    .map((credit) => {
      const answers = approvals.filter((one) => one.about === credit._id);
      return { credit, answers, approved: answers.some(({ approved }) => approved) };
    });
}

/** The people and teams that are asked, by name; `you` and `somebody` stand for who has none here. */
export function askedNames(
  view: Pick<ProcessView, 'standing' | 'members' | 'teams'>,
  asked: Pick<Assignment, 'people' | 'teams'>,
  words: { language: string; you: string; somebody: string },
): string[] {
  const people = (asked.people ?? []).map((member) =>
    member === view.standing.member ? words.you : view.members.get(member)?.name || words.somebody,
  );
  const teams = (asked.teams ?? []).map(
    (team) => nameIn(view.teams.get(team)?.name, words.language).text || words.somebody,
  );
  return [...people, ...teams];
}

/** Minutes as somebody typed them; undefined: nothing was typed. Null: that is no number of minutes. */
export function minutesOf(typed: string): number | undefined | null {
  if (typed.trim() === '') return undefined;
  const minutes = Number(typed);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= 60_000 ? minutes : null;
}
