import { store } from '../data/client';
import type { Held } from '../data/store';
import { attendanceId } from '../model/attendance';
import type { Attendance } from '../model/documents';
import { envelope } from '../model/envelope';
import { authorIn } from '../state/author';
import type { Answered } from './answerNeed';

/** Write down whether a member came, how long they helped, and thanks. For administrators. */
export async function writeDown(
  { space, item, need, occurrence }: Answered,
  member: string,
  said: Pick<Attendance, 'came' | 'minutes' | 'thanks'>,
): Promise<Held<Attendance>> {
  const author = authorIn(space);
  const id = attendanceId(item, occurrence, member);
  const before = await store.get<Attendance>(space, id);
  return store.put<Attendance>(space, {
    ...before,
    ...envelope(id, 'attendance', author, new Date()),
    need,
    member,
    ...said,
  });
}
