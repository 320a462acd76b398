/**
 * The inbox: what the server told this person, and what they did with it on whichever of their devices. Both are documents of
 * their own space, so it is all here without a network, and whether or not a push arrived.
 */
import type { Answer } from './answers';
import { noticeId, readId } from './answers';
import type { NoticeDocument, Read } from './documents';

export type Kind = NoticeDocument['kind'];
/** As it lies on this device. */
export type Kept<D> = D & { _id: string };

export interface Told {
  id: string;
  notice: Kept<NoticeDocument>;
  /** new: nobody has looked · later: it is told again in a few hours. */
  state: 'new' | Read['state'];
}

/** The server tells again what was put off after so long (`LATER` in backend/notices/telling.py). */
const LATER = 3 * 3_600_000; // ms

/** The newest first; of two of the same moment always the same one. */
export function inboxOf(
  notices: readonly Kept<NoticeDocument>[],
  reads: readonly Kept<Read>[],
  now: Date,
): Told[] {
  const read = new Map(reads.map((one) => [one._id, one]));
  return notices
    .map((notice) => {
      const id = notice._id.slice(noticeId('').length);
      return { id, notice, state: stateOf(read.get(readId(id)), now) };
    })
    .sort(({ notice: a }, { notice: b }) =>
      a.told === b.told ? (a._id < b._id ? 1 : -1) : a.told < b.told ? 1 : -1,
    );
}

/** What was put off is new again when its hours are over. */
function stateOf(read: Read | undefined, now: Date): Told['state'] {
  if (!read) return 'new';
  const over = now.getTime() - new Date(read.at).getTime() >= LATER;
  return read.state === 'later' && over ? 'new' : read.state;
}

/** What nobody has looked at and still holds. */
export const unread = (inbox: readonly Told[]): Told[] =>
  inbox.filter(({ state, notice }) => state === 'new' && !notice.withdrawn);

/** What needs no place on the lock screen any more: seen or answered on whichever device, or taken back. */
export const settled = (inbox: readonly Told[]): string[] =>
  inbox.filter(({ state, notice }) => state !== 'new' || notice.withdrawn).map(({ id }) => id);

/** By calendar day of this device, the latest first. */
export function byDay(
  inbox: readonly Told[],
  dayOf: (date: Date) => string,
): { day: string; told: Told[] }[] {
  const days: { day: string; told: Told[] }[] = [];
  for (const one of inbox) {
    const day = dayOf(new Date(one.notice.told));
    const last = days.at(-1);
    if (last?.day === day) last.told.push(one);
    else days.push({ day, told: [one] });
  }
  return days;
}

const HELP = new Set<Kind>(['needed', 'place_free']);
const WORK = new Set<Kind>(['assigned', 'reminder']);

/**
 * What can be answered now; the first is the one that is asked for. A promise can be done once its time has begun; until then one
 * can only take it back. What is over or no longer so asks nothing.
 */
export function answersTo({ notice, state }: Told, now: Date): Answer[] {
  const { kind, about = {}, facts = {} } = notice;
  if (notice.withdrawn || state === 'done') return [];
  if (about.assignment) return WORK.has(kind) ? ['done', 'later'] : [];
  if (!about.need || !about.occurrence) return [];
  const begun = !!facts.start && new Date(facts.start) <= now;
  if (HELP.has(kind)) return begun || new Date(notice.until) <= now ? [] : ['accept', 'decline'];
  if (kind !== 'reminder') return [];
  return begun ? ['done'] : ['decline', 'later'];
}
