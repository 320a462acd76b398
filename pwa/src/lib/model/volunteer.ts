/** Everything of one volunteer over all their calls: promised, offered, open, done. Pure. */
import type { Attended } from './attendance';
import { attendedBy } from './attendance';
import type { Attendance, Claim, Need, Occurrence, Placed } from './documents';
import { offersTo } from './handover';
import { isAhead, upcoming } from './needs';

interface Call {
  need: Need;
  everybodys: readonly Claim[];
  places: readonly Placed[];
  attended: readonly Attendance[];
  view: { standing: { member?: string } };
}

export interface At<C> {
  called: C;
  occurrence: Occurrence;
}

/** Times at which somebody offers me their place. */
export const offered = <C extends Call>(calls: readonly C[], now: Date): At<C>[] =>
  calls.flatMap((called) =>
    upcoming(called.need, now)
      .filter((occurrence) => isAhead(called.need, occurrence, now))
      .filter((occurrence) => {
        const me = called.view.standing.member;
        return (
          me !== undefined &&
          offersTo(me, occurrence.id, { claims: called.everybodys, places: called.places }).length > 0
        );
      })
      .map((occurrence) => ({ called, occurrence })),
  );

/** Times at which I came, the latest first. */
export const helped = <C extends Call>(calls: readonly C[]): (Attended & { called: C })[] =>
  calls
    .flatMap((called) =>
      attendedBy(called.view.standing.member, called.need, called.attended).map((one) => ({
        ...one,
        called,
      })),
    )
    .sort((a, b) => whenOf(b).localeCompare(whenOf(a)));

const whenOf = (one: Attended) => one.occurrence?.start ?? one.attendance.at;

const folded = (word: string) => word.trim().toLocaleLowerCase();

/** Whether a call wants something that the person likes to help with. */
export const fits = (need: Pick<Need, 'skills'>, mine: readonly string[]) => {
  const like = new Set(mine.map(folded));
  return (need.skills ?? []).some((skill) => like.has(folded(skill)));
};
