/** Who came, for how long, and thanks: what administrators write down afterwards. */
import type { Attendance, Claim, Need, Occurrence } from './documents';
import { splitId } from './envelope';

export const attendanceId = (item: string, occurrence: string, member: string) =>
  `${item}:attendance:${occurrence}-${member}`;

/** Minutes from the beginning to the end. */
export const lengthOf = (occurrence: Occurrence) =>
  Math.round((Date.parse(occurrence.end) - Date.parse(occurrence.start)) / 60_000);

/** What is written down unless somebody says otherwise: the volunteer's own word, else the length of the occurrence. */
export const likelyMinutes = (occurrence: Occurrence, claim: Claim | undefined) =>
  claim?.minutes ?? lengthOf(occurrence);

/** Hours that count: of somebody who came, as written down, else the length. */
export const minutesOf = (attendance: Attendance, occurrence: Occurrence | undefined) =>
  attendance.came ? (attendance.minutes ?? (occurrence ? lengthOf(occurrence) : 0)) : 0;

/** One time somebody came. */
export interface Attended {
  occurrence: Occurrence | undefined;
  minutes: number;
  attendance: Attendance;
}

/** When somebody came to a call, and for how long. */
export function attendedBy(
  member: string | undefined,
  need: Need,
  attended: readonly Attendance[],
): Attended[] {
  return attended
    .filter((one) => one.member === member && one.came)
    .map((attendance) => {
      const { key } = splitId(attendance._id);
      const occurrence = need.occurrences.find((one) => key.startsWith(`${one.id}-`));
      return { occurrence, attendance, minutes: minutesOf(attendance, occurrence) };
    });
}
