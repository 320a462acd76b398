/**
 * A task that calls for people, as a device sees it: how full it is, and which answer stands.
 *
 * Only the server gives places. Until its word on *this* claim is here, a claim is «requested», however many places
 * seem to be free; the words of the server are those of `backend/codelivery/places.py`.
 */
import type { Claim, Need, Occurrence, Placed } from './documents';
import { splitId } from './envelope';

export type Standing =
  /** No answer from me. */
  | 'open'
  /** Mine is on its way. */
  | 'requested'
  | Placed['outcome'];

/** Of one occurrence. */
export interface Seats {
  confirmed: string[];
  /** Member ids in the order of their turns. */
  waiting: string[];
  free: number;
}

export interface NeedAt {
  need: Need;
  /** The task, objective or phase it belongs to. */
  item: string;
  key: string;
}

export const needAt = (need: Need): NeedAt => {
  const { partition, key } = splitId(need._id);
  return { need, item: partition, key };
};

export const claimId = (item: string, occurrence: string, member: string) =>
  `${item}:claim:${occurrence}-${member}`;
export const placeId = (item: string, occurrence: string, member: string) =>
  `${item}:place:${occurrence}-${member}`;

/** Whose places are taken and who waits. */
export function seatsOf(need: Need, occurrence: string, places: readonly Placed[]): Seats {
  const here = places.filter((one) => splitId(one._id).key.startsWith(`${occurrence}-`));
  const those = (outcome: Placed['outcome']) =>
    here
      .filter((one) => one.outcome === outcome)
      .sort((a, b) => a.turn - b.turn)
      .map((one) => one.member);
  const confirmed = those('confirmed');
  return { confirmed, waiting: those('waiting'), free: Math.max(0, need.places - confirmed.length) };
}

const HOLDING = new Set<Placed['outcome']>(['confirmed', 'waiting']);

/** How I stand: my own word first, then the server's, if it is about that word. */
export function standingOf(
  claim: (Claim & { _rev?: string }) | undefined,
  place: Placed | undefined,
): Standing {
  if (!claim) return place && HOLDING.has(place.outcome) ? 'withdrawn' : (place?.outcome ?? 'open');
  if (claim.state === 'withdrawn') return place?.outcome === 'handed' ? 'handed' : 'withdrawn';
  if (!place) return 'requested';
  return HOLDING.has(place.outcome) || place.claim === claim._rev ? place.outcome : 'requested';
}

/** What still counts as mine to do: confirmed, waiting, or asked for. */
export const isCommitment = (standing: Standing) =>
  standing === 'confirmed' || standing === 'waiting' || standing === 'requested';

/** Whether one can still say yes. */
export const isOpen = (need: Need, occurrence: Occurrence, now: Date) =>
  isAhead(need, occurrence, now) && (!need.deadline || new Date(need.deadline) > now);

/** Whether what was promised can still be taken back or handed on: until it begins, whatever the deadline for answers says. */
export const isAhead = (need: Need, occurrence: Occurrence, now: Date) =>
  !need.cancelled && new Date(occurrence.start) > now;

/** The occurrences that are not over, nearest first. */
export const upcoming = (need: Need, now: Date): Occurrence[] =>
  need.occurrences.filter((one) => new Date(one.end) > now).sort((a, b) => (a.start < b.start ? -1 : 1));

/** The zone in which the times are told; undefined (the device's own) where this browser does not know it. */
export const zoneOf = (need: Need): string | undefined => zoneIn(need.zone);

/** An IANA name as this browser knows it, else undefined. */
export function zoneIn(name: string | undefined): string | undefined {
  try {
    return name && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

export interface Position {
  lat: number;
  lon: number;
}

const EARTH_KM = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Kilometres along the great circle (haversine); computed here, so that nobody's position is ever sent. */
export function distance(a: Position, b: Position): number {
  const lat = radians(b.lat - a.lat);
  const lon = radians(b.lon - a.lon);
  const h =
    Math.sin(lat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(lon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(h));
}

/** The occurrences of a need that comes every so many days, in the clock of the place: 14:00 stays 14:00. */
export function series(
  first: { day: string; from: string; to: string },
  everyDays: number,
  times: number,
  newKey: () => string,
): Occurrence[] {
  return Array.from({ length: times }, (_, n) => {
    const at = (clock: string) => {
      const moment = new Date(`${first.day}T${clock}`);
      moment.setDate(moment.getDate() + n * everyDays);
      return moment;
    };
    const start = at(first.from);
    const end = at(first.to);
    if (end <= start) end.setDate(end.getDate() + 1);
    return { id: newKey(), start: start.toISOString(), end: end.toISOString() };
  });
}

/** One occurrence as a calendar file, RFC 5545. */
export function calendarFile(need: NeedAt, occurrence: Occurrence, url: string, now: Date): string {
  const stamp = (moment: string | Date) => new Date(moment).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const text = (words: string) => words.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');
  const place = need.need.place;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Interlink//Needs//EN',
    'BEGIN:VEVENT',
    `UID:${occurrence.id}@interlink`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(occurrence.start)}`,
    `DTEND:${stamp(occurrence.end)}`,
    `SUMMARY:${text(need.need.name)}`,
    ...(place ? [`LOCATION:${text([place.name, place.address].filter(Boolean).join(', '))}`] : []),
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.flatMap(folded).join('\r\n') + '\r\n';
}

/** A line is at most 75 octets; what goes on begins with a space (RFC 5545, 3.1). */
function folded(line: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const sign of line) {
    if (new TextEncoder().encode(current + sign).length > 74) {
      lines.push(current);
      current = ' ';
    }
    current += sign;
  }
  return [...lines, current];
}
