/** An item of the guide as a form knows it, and back: fields are never absent, members are what a declaration wants. */
import type { Phase, Task, Text } from '$lib/model/documents';
import { spoken } from '$lib/model/text';
import type { ItemType, TreeDocument } from '$lib/model/tree';

export type ItemFields = {
  name: Text;
  description: Text;
  /** Days as native inputs write them; empty: none. */
  start: string;
  due: string;
  codelivery: boolean;
  after: string[];
  teams: string[];
  profiles: string[];
  /** 0 to 5, empty: not said. */
  management: string;
  development: string;
  exploitation: string;
};
export const efforts = ['management', 'development', 'exploitation'] as const;

export function fieldsOf(item: TreeDocument): ItemFields {
  const { name, description, after } = item;
  const task = item as Partial<Task>;
  return {
    name,
    description: description ?? {},
    start: task.start ?? '',
    due: task.due ?? '',
    codelivery: (item as Partial<Phase>).codelivery ?? false,
    after: after ?? [],
    teams: task.teams ?? [],
    profiles: task.profiles ?? [],
    management: String(task.management ?? ''),
    development: String(task.development ?? ''),
    exploitation: String(task.exploitation ?? ''),
  };
}

/** Only the members that this type has. */
export function membersOf(fields: ItemFields, type: ItemType): Partial<Phase> | Partial<Task> {
  const item = { name: spoken(fields.name), description: spoken(fields.description), after: fields.after };
  if (type === 'phase') return { ...item, codelivery: fields.codelivery };
  if (type === 'objective') return item;
  const { start, due, teams, profiles } = fields;
  const [management, development, exploitation] = efforts.map((effort) =>
    fields[effort] === '' ? null : Number(fields[effort]),
  );
  return {
    ...item,
    start: start || null,
    due: due || null,
    teams,
    profiles,
    management,
    development,
    exploitation,
  };
}
