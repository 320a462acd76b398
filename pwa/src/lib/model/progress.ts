/** How far something is, from the statuses of its tasks: the phone's copy of `backend/processes/progress.py`. */
import type { Task } from './documents';

export type Status = NonNullable<Task['status']>;

/** How far: tasks finished of tasks there are; `share` is 0…1 and counts what is under way for half. */
export interface Progress {
  finished: number;
  total: number;
  share: number;
  status: Status;
}

const places = 10_000; // rounded down to four, so that nothing is «done» before everything is

export function progressOf(tasks: readonly Pick<Task, 'status'>[]): Progress {
  const counts = { awaiting: 0, in_progress: 0, finished: 0 };
  for (const task of tasks) counts[task.status ?? 'awaiting'] += 1;
  const { finished, in_progress: begun } = counts;
  const total = tasks.length;
  const share = total ? Math.floor(((2 * finished + begun) * places) / (2 * total)) / places : 0;
  const status =
    total > 0 && finished === total ? 'finished' : begun + finished > 0 ? 'in_progress' : 'awaiting';
  return { finished, total, share, status };
}
