/**
 * «Since I was here»: what is new is counted from the end of the last visit. A visit lasts until one has been away for a while, so
 * that looking at one thing and coming back does not make the rest old. It is kept on the device and never sent.
 */
export interface Moment {
  /** Mark of the local database (`Store.news`). */
  mark: string;
  /** RFC 3339. */
  at: string;
}
export interface Visits {
  /** What is new is newer than this: the end of the visit before. */
  since?: Moment;
  /** Until where this visit has read. */
  read?: Moment;
}

const AWAY = 30 * 60_000; // ms; who comes back later begins a new visit

/** Who opens the overview at `now`: counted from the same moment as before, or, after a while, from where the last visit ended. */
export function opened(visits: Visits, now: Date): Visits {
  const { read } = visits;
  if (!read) return visits;
  const away = now.getTime() - Date.parse(read.at);
  return away >= 0 && away < AWAY ? visits : { since: read, read };
}

/** Who has read until `mark`. The first visit has nothing before it. */
export const closed = (visits: Visits, mark: string, now: Date): Visits => ({
  ...visits,
  read: { mark, at: now.toISOString() },
});

export function visitsFrom(kept: unknown): Visits {
  const visits = (kept ?? {}) as Visits;
  const whole = (moment: Moment | undefined) => typeof moment?.mark === 'string' && !!Date.parse(moment.at);
  return {
    ...(whole(visits.since) ? { since: visits.since! } : {}),
    ...(whole(visits.read) ? { read: visits.read! } : {}),
  };
}
