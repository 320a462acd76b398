/** Calendar days as `2026-11-24`, counted without hours, so that no change of the clocks moves one. */

const DAY = 86_400_000; // ms

/** The day it is where the person is. */
export const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part, n) => String(part).padStart(n === 0 ? 4 : 2, '0'))
    .join('-');

/** Days since 1970; NaN for what is no day. */
export const numberOf = (day: string): number =>
  Math.floor(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY);

export const dayAt = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);

export const plus = (day: string, days: number): string => dayAt(numberOf(day) + days);

/** The last day of its week; weeks begin on Monday, as in all our languages. */
export const endOfWeek = (day: string): string => plus(day, (10 - (numberOf(day) % 7)) % 7);

export interface Span {
  start: string;
  due: string;
}
interface Dated {
  start?: string | null;
  due?: string | null;
}

/** From when until when something goes. One day is enough to know both; none: unknown. Turned round ones are put right. */
export function spanOf({ start, due }: Dated): Span | undefined {
  const known = [start, due].flatMap((day) => (day && !Number.isNaN(numberOf(day)) ? day.slice(0, 10) : []));
  if (known.length === 0) return undefined;
  known.sort();
  return { start: known[0]!, due: known.at(-1)! };
}

/** From the first beginning to the last end: how an objective or a phase gets its dates. */
export function spanAround(parts: readonly Dated[]): Span | undefined {
  const spans = parts.flatMap((part) => spanOf(part) ?? []);
  return spanOf({
    start: spans.map((span) => span.start).sort()[0],
    due: spans
      .map((span) => span.due)
      .sort()
      .at(-1),
  });
}
