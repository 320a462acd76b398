/** The form of a call: what it asks, what is wrong with it, and how it becomes a need. */
import type { Need, Occurrence } from './documents';
import { zoneOf } from './needs';
import { daysBetween, daysLater, momentAt, wallAt, type Wall } from './wall';

export interface Draft {
  name: string;
  text: string;
  day: string;
  from: string;
  to: string;
  place: string;
  address: string;
  lat?: number;
  lon?: number;
  places: number;
  waiting: number;
  skills: string;
  teams: string[];
  deadlineDay: string;
  deadlineClock: string;
  contact: string;
  safety: string;
  urgent: boolean;
}

export const emptyDraft = (contact: string): Draft => ({
  name: '',
  text: '',
  day: '',
  from: '14:00',
  to: '16:00',
  place: '',
  address: '',
  places: 4,
  waiting: 4,
  skills: '',
  teams: [],
  deadlineDay: '',
  deadlineClock: '12:00',
  contact,
  safety: '',
  urgent: false,
});

/** A need and one of its times, as the form shows them. */
export function draftOf(need: Need, occurrence: Occurrence): Draft {
  const zone = zoneOf(need);
  const start = wallAt(new Date(occurrence.start), zone);
  const deadline = need.deadline ? wallAt(new Date(need.deadline), zone) : undefined;
  return {
    name: need.name,
    text: need.text ?? '',
    day: start.day,
    from: start.clock,
    to: wallAt(new Date(occurrence.end), zone).clock,
    place: need.place?.name ?? '',
    address: need.place?.address ?? '',
    lat: need.place?.lat ?? undefined,
    lon: need.place?.lon ?? undefined,
    places: need.places,
    waiting: need.waiting ?? 0,
    skills: (need.skills ?? []).join(', '),
    teams: need.teams ?? [],
    deadlineDay: deadline?.day ?? '',
    deadlineClock: deadline?.clock ?? '12:00',
    contact: need.contact ?? '',
    safety: need.safety ?? '',
    urgent: need.urgency === 'now',
  };
}

/** Members of a draft in which something is wrong. */
export type Wrong = Partial<
  Record<'name' | 'day' | 'places' | 'waiting' | 'deadline', 'missing' | 'past' | 'wrong'>
>;

/** Years that the server takes (`YEARS` in backend/kit/words.py); while one types, a field holds the year 2 and 20. */
const DAY = /^2[01]\d\d-\d\d-\d\d$/;

/** Whether a draft says on which day, from when until when. */
export const hasTimes = (draft: Draft): boolean => DAY.test(draft.day) && !!draft.from && !!draft.to;

/** `before`: what the call said until now; a time that is over and stays as it was hinders nothing else. */
export function wrongIn(draft: Draft, zone: string | undefined, now: Date, before?: Draft): Wrong {
  const wrong: Wrong = {};
  const same = (...names: (keyof Draft)[]) => !!before && names.every((name) => draft[name] === before[name]);
  if (!draft.name.trim()) wrong.name = 'missing';
  if (!hasTimes(draft)) wrong.day = 'missing';
  else if (!same('day', 'from', 'to') && new Date(timesOf(draft, zone).end) < now) wrong.day = 'past';
  if (!(Number.isInteger(draft.places) && draft.places >= 1 && draft.places <= 500)) wrong.places = 'wrong';
  if (!(Number.isInteger(draft.waiting) && draft.waiting >= 0 && draft.waiting <= 500))
    wrong.waiting = 'wrong';
  if (draft.deadlineDay && !DAY.test(draft.deadlineDay)) wrong.deadline = 'past';
  else if (!same('deadlineDay', 'deadlineClock')) {
    const deadline = deadlineOf(draft, zone);
    if (deadline && new Date(deadline) < now) wrong.deadline = 'past';
  }
  return wrong;
}

/** When it begins and ends; what ends before it begins ends on the next day. */
export function timesOf(draft: Draft, zone: string | undefined): { start: string; end: string } {
  const start: Wall = { day: draft.day, clock: draft.from };
  const end: Wall = { day: draft.day, clock: draft.to };
  return span(start, end, zone);
}

function span(start: Wall, end: Wall, zone: string | undefined): { start: string; end: string } {
  const begins = momentAt(start, zone);
  let ends = momentAt(end, zone);
  if (ends <= begins) ends = momentAt(daysLater(end, 1), zone);
  return { start: begins.toISOString(), end: ends.toISOString() };
}

const deadlineOf = (draft: Draft, zone: string | undefined) =>
  draft.deadlineDay && draft.deadlineClock
    ? momentAt({ day: draft.deadlineDay, clock: draft.deadlineClock }, zone).toISOString()
    : null;

/** Everything of a need but its times. */
export function membersOf(draft: Draft, zone: string | undefined) {
  const where = draft.lat !== undefined && draft.lon !== undefined ? { lat: draft.lat, lon: draft.lon } : {};
  return {
    name: draft.name.trim(),
    text: draft.text.trim(),
    place: draft.place.trim() ? { name: draft.place.trim(), address: draft.address.trim(), ...where } : null,
    places: draft.places,
    waiting: draft.waiting,
    skills: draft.skills
      .split(',')
      .map((skill) => skill.trim().slice(0, 60))
      .filter(Boolean)
      .slice(0, 20),
    teams: draft.teams,
    deadline: deadlineOf(draft, zone),
    contact: draft.contact || null,
    safety: draft.safety.trim(),
    urgency: draft.urgent ? ('now' as const) : ('planned' as const),
  };
}

/** The times after one of them was moved, with all later ones if so wished: by as many days, at the same hours. */
export function moved(need: Need, at: string, draft: Draft, laterToo: boolean): Occurrence[] {
  const zone = zoneOf(need);
  const before = need.occurrences.find((one) => one.id === at);
  if (!before) return need.occurrences;
  const days = daysBetween(wallAt(new Date(before.start), zone).day, draft.day);
  return need.occurrences.map((one) => {
    if (one.id === at) return { id: one.id, ...timesOf(draft, zone) };
    if (!laterToo || one.start <= before.start) return one;
    const { day } = daysLater(wallAt(new Date(one.start), zone), days);
    return { id: one.id, ...timesOf({ ...draft, day }, zone) };
  });
}

/** One time more, a week after the last one, at the hour the clock of the place shows then. */
export function oneMore(need: Need, id: string): Occurrence[] {
  const zone = zoneOf(need);
  const last = need.occurrences.reduce((a, b) => (a.start > b.start ? a : b));
  const start = daysLater(wallAt(new Date(last.start), zone), 7);
  const end = daysLater(wallAt(new Date(last.end), zone), 7);
  return [
    ...need.occurrences,
    { id, start: momentAt(start, zone).toISOString(), end: momentAt(end, zone).toISOString() },
  ];
}

/** Of which times begin or end changed. */
export const movedIds = (before: readonly Occurrence[], after: readonly Occurrence[]) =>
  after.filter((one) => before.some((was) => was.id === one.id && !sameTime(was, one))).map((one) => one.id);

/** Whether people meet elsewhere now; a point on the map alone sends nobody elsewhere. */
export const isElsewhere = (need: Need, draft: Draft): boolean =>
  (need.place?.name ?? '') !== draft.place.trim() || (need.place?.address ?? '') !== draft.address.trim();

const sameTime = (a: Occurrence, b: Occurrence) =>
  Date.parse(a.start) === Date.parse(b.start) && Date.parse(a.end) === Date.parse(b.end);
