import type { OutboxItem } from '$lib/data/store';
import { hrefOfForm } from '$lib/model/drafts';
import { splitId } from '$lib/model/envelope';
import { processIdOf } from '$lib/model/process';
import { assetHref } from '../asset/where';

/** The screen on which an unsent thing can be seen. */
export function whereIs(item: OutboxItem): string {
  const { partition, type, key } = splitId(item.id);
  const form = type === 'draft' && hrefOfForm(key);
  if (form) return form;
  if (!item.space.startsWith('process-')) return '/waiting';
  if (type === 'draft') {
    // The form in which an asset is being changed: `<kind>:<key>`.
    const [, kind, asset] = /~([a-z-]+):([0-9A-Z]{26})$/.exec(key) ?? [];
    if (kind) return assetHref(processIdOf(item.space), { _id: `${item.item}:${kind}:${asset}` });
  }
  const task = item.item ?? (type === 'task' ? key : partition);
  const process = `/processes/${processIdOf(item.space)}`;
  return task === 'all' || task === processIdOf(item.space) ? process : `${process}/tasks/${task}`;
}
