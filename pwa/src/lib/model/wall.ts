/** Between a moment and what a clock on the wall of a place shows: forms ask for the second, documents hold the first. */

/** A day (2026-11-24) and the hands of the clock (14:00). */
export interface Wall {
  day: string;
  clock: string;
}

/** What the wall shows at a moment; in the device's own zone when none is given. */
export function wallAt(moment: Date, timeZone?: string): Wall {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(moment);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return { day: `${of('year')}-${of('month')}-${of('day')}`, clock: `${of('hour')}:${of('minute')}` };
}

const asUtc = ({ day, clock }: Wall) => Date.parse(`${day}T${clock}:00Z`);

/** The moment at which the wall shows this. Twice, because the first guess may lie on the other side of a change of the clock. */
export function momentAt(wall: Wall, timeZone?: string): Date {
  const wanted = asUtc(wall);
  let moment = wanted;
  for (let turn = 0; turn < 2; turn++) moment += wanted - asUtc(wallAt(new Date(moment), timeZone));
  return new Date(moment);
}

/** So many days later, at the same hands of the clock. */
export function daysLater({ day, clock }: Wall, days: number): Wall {
  const moved = new Date(`${day}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return { day: moved.toISOString().slice(0, 10), clock };
}

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);
