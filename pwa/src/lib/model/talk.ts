/** Talk about one thing, as threads: made from comments, reactions and resolutions in any order. */
import { decodeTime } from 'ulid';
import { may } from './access';
import type { Comment, Reaction, Resolution } from './documents';
import { splitId } from './envelope';
import type { Named } from './mentions';
import { pathOf, type ProcessView } from './process';

export type Sign = Reaction['sign'];
export const SIGNS: readonly Sign[] = ['thanks', 'agree', 'question', 'done'];

export interface Thread<C extends Comment = Comment> {
  /** Id of the comment that began it. */
  id: string;
  /** None: it was taken back, and what was answered stays. */
  root: C | undefined;
  /** In the order in which they were written. */
  replies: C[];
  resolved: boolean;
  /** Member ids of who called it settled. */
  by: string[];
}

/** How often a sign was given, and whether by me. */
export interface Count {
  sign: Sign;
  count: number;
  mine: boolean;
}

/** Everything that is said about `about`, the oldest thread first. Threads are one level deep. */
export function threadsAbout<C extends Comment>(
  about: string,
  comments: readonly C[],
  resolutions: readonly Resolution[],
): Thread<C>[] {
  const threads = new Map<string, Thread<C>>();
  const thread = (id: string) => {
    const known = threads.get(id);
    if (known) return known;
    const begun: Thread<C> = { id, root: undefined, replies: [], resolved: false, by: [] };
    threads.set(id, begun);
    return begun;
  };
  for (const comment of comments) {
    if (comment.about !== about) continue;
    if (comment.reply_to) thread(comment.reply_to).replies.push(comment);
    else thread(comment._id).root = comment;
  }
  for (const { about: id, author, resolved } of resolutions) {
    const settled = threads.get(id);
    if (settled && resolved) Object.assign(settled, { resolved: true, by: [...settled.by, author] });
  }
  const all = [...threads.values()].sort(byId);
  for (const { replies } of all) replies.sort((a, b) => (a._id < b._id ? -1 : 1));
  return all;
}

/** The signs a comment was given, in the order in which they are always offered: nothing is ranked. */
export function countsOf(comment: string, reactions: readonly Reaction[], me: string | undefined): Count[] {
  const here = reactions.filter((one) => one.about === comment);
  return SIGNS.flatMap((sign) => {
    const given = here.filter((one) => one.sign === sign);
    return given.length > 0
      ? [{ sign, count: given.length, mine: given.some(({ author }) => author === me) }]
      : [];
  });
}

/** How much is said about each thing: number of comments by what they are about. */
export function commentCounts(comments: readonly Comment[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { about } of comments) counts.set(about, (counts.get(about) ?? 0) + 1);
  return counts;
}

/** Who may read what lies at this item and has a name here: nobody else is offered to be spoken to. */
export function readersOf(view: ProcessView, item: string): Named[] {
  const path = pathOf(view, item);
  return [...view.members].flatMap(([member, { name, roles }]) => {
    const administrator = roles?.includes('administrator') ?? false;
    const reads = may({ ...view.standing, member, administrator }, 'access', path);
    return name && reads ? [{ member, name }] : [];
  });
}

/** The words are no longer those it was written with: a ULID tells when that was, `at` when the author last acted. */
export function isChanged({ _id, at }: Pick<Comment, '_id' | 'at'>): boolean {
  const written = decodeTime(splitId(_id).key);
  return new Date(at).getTime() - written > 5_000;
}

const byId = (a: Thread, b: Thread) => (a.id < b.id ? -1 : 1);
