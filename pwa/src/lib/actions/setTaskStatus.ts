import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Task } from '../model/documents';
import { signed } from '../model/envelope';
import { authorIn } from '../state/author';

/** Say where a task stands. `task` is its ULID. Nothing else of the task changes. */
export async function setTaskStatus(
  space: string,
  task: string,
  status: NonNullable<Task['status']>,
): Promise<Held<Task>> {
  const before = await store.get<Task>(space, `all:task:${task}`);
  if (!before) throw new Error('the task is not on this device');
  if (before.status === status) return before;
  return store.put<Task>(space, { ...before, status, ...signed(authorIn(space), new Date()) });
}
