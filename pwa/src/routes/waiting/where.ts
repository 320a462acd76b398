import type { OutboxItem } from '$lib/data/store';
import { splitId } from '$lib/model/envelope';
import { processIdOf } from '$lib/model/process';

/** The screen on which an unsent thing can be seen. */
export function whereIs(item: OutboxItem): string {
  if (!item.space.startsWith('process-')) return '/waiting';
  const { partition, type, key } = splitId(item.id);
  const task = item.item ?? (type === 'task' ? key : partition);
  const process = `/processes/${processIdOf(item.space)}`;
  return task === 'all' || task === processIdOf(item.space) ? process : `${process}/tasks/${task}`;
}
