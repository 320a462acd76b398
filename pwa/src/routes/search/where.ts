/** Where a hit leads, and among what it is listed. */
import type { SearchHit } from '$lib/data/store';
import { splitId } from '$lib/model/envelope';
import { processIdOf } from '$lib/model/process';
import { isKind } from '../../kinds/names';
import { assetHref } from '../asset/where';

export const groups = ['processes', 'tasks', 'made', 'said', 'people', 'catalogue'] as const;
export type Group = (typeof groups)[number];

const ofType: Record<string, Group> = {
  process: 'processes',
  'published-process': 'processes',
  phase: 'tasks',
  objective: 'tasks',
  task: 'tasks',
  member: 'people',
  team: 'people',
  interlinker: 'catalogue',
  schema: 'catalogue',
  'own-schema': 'catalogue',
  'own-interlinker': 'catalogue',
  'problem-profile': 'catalogue',
};
export const groupOf = (type: string): Group => ofType[type] ?? (isKind(type) ? 'made' : 'said');

/** What of a process a hit belongs to: an item of its guide, or the process itself. */
export function hrefOf({ space, id, type, item }: Pick<SearchHit, 'space' | 'id' | 'type' | 'item'>): string {
  const { partition, key } = splitId(id);
  if (type === 'published-process') return `/public/${key}`;
  if (type === 'interlinker') return `/catalogue/${key}`;
  if (type === 'schema') return `/catalogue/schemas/${key}`;
  if (space === 'commons') return '/catalogue';
  if (space.startsWith('person-')) return '/waiting';
  const process = `/processes/${processIdOf(space)}`;
  if (type === 'task') return `${process}/tasks/${key}`;
  if (type === 'phase' || type === 'objective') return `${process}/items/${key}`;
  if (type === 'member' || type === 'team') return `${process}/people`;
  if (isKind(type)) return assetHref(processIdOf(space), { _id: id });
  if (!item) return process;
  return `${process}/${item.startsWith('all:task:') ? 'tasks' : 'items'}/${partition}`;
}
