/** What was done, in words: «3 contributions», «Task, changed». */
import { kindOf } from '../../../kinds/registry';
import { language } from '$lib/i18n/language.svelte';
import { m } from '$lib/i18n/messages';
import { SERVER, type Deed, type Sort } from '$lib/model/activity';
import { nameIn } from '$lib/model/team';
import type { Status } from '$lib/model/tree';
import { statusWord } from '../plan/words';

const counted: Record<string, ((count: number) => string) | undefined> = {
  contribution: (count) => m.act_contributions({ count }),
  comment: (count) => m.act_comments({ count }),
  assignment: (count) => m.act_assignments({ count }),
  credit: (count) => m.act_credits({ count }),
  task: (count) => m.tasks_count({ count }),
  objective: (count) => m.act_objectives({ count }),
  phase: (count) => m.act_phases({ count }),
  approval: () => m.act_approval(),
  resolution: () => m.act_resolution(),
  member: () => m.act_member(),
  process: () => m.act_process(),
};

export function deedWords({ type, verb, who, count, head }: Deed): string {
  if (type === 'process' && verb === 'added' && who === SERVER) return m.act_began();
  const told = count === 1 && head.status && head.status !== 'awaiting';
  if (type === 'task' && verb === 'changed' && told)
    return m.act_task_now({ state: statusWord(head.status as Status) });
  const what = type === 'task' && count === 1 ? m.task() : thing(type, count, head.name);
  return verb === 'changed' ? m.act_changed({ what }) : what;
}

function thing(type: string, count: number, name: Deed['head']['name']): string {
  const kind = kindOf(type);
  if (!kind) return (counted[type] ?? ((all: number) => m.act_things({ count: all })))(count);
  const called = count === 1 ? nameIn(name, language.code).text : '';
  if (called) return `${kind.title()} «${called}»`;
  return count === 1 ? kind.title() : `${kind.title()} × ${count}`;
}

export const sortWord = (sort: Sort): string =>
  ({
    said: m.contributions,
    made: m.sort_made,
    talk: m.sort_talk,
    work: m.sort_work,
    guide: m.guide,
    people: m.people,
  })[sort]();
