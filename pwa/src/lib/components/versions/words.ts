/** What members of documents are called, and what a value says, in the words of the screens. */
import { dueDay, number } from '$lib/i18n/format';
import { language } from '$lib/i18n/language.svelte';
import { m } from '$lib/i18n/messages';
import type { ofMine } from '$lib/model/choice';
import type { ProcessView } from '$lib/model/process';
import { nameIn } from '$lib/model/team';
import { textIn } from '$lib/model/text';

const called: Record<string, () => string> = {
  after: m.member_after,
  aim: m.member_aim,
  archived: m.member_archived,
  challenges: m.member_challenges,
  closed: m.member_closed,
  conclusion: m.member_conclusion,
  description: m.member_description,
  disabled: m.member_disabled,
  due: m.member_due,
  files: m.member_files,
  governance: m.member_governance,
  idea: m.member_idea,
  items: m.member_items,
  languages: m.member_languages,
  logo: m.member_logo,
  name: m.name,
  note: m.member_note,
  order: m.member_order,
  organisation: m.member_organisation,
  parent: m.member_parent,
  place: m.member_place,
  public: m.member_public,
  question: m.member_question,
  requirements: m.member_requirements,
  start: m.member_start,
  status: m.status_title,
  tags: m.member_tags,
  teams: m.member_teams,
  text: m.member_text,
  url: m.member_url,
};

/** A member that this app has no word for is still told of. */
export const memberWord = (member: string): string => (called[member] ?? m.member_other)();

/** «Yours», and of several where or when it was made. */
export const mineWord: Record<NonNullable<ReturnType<typeof ofMine>>, () => string> = {
  only: m.versions_mine,
  here: m.versions_mine_here,
  elsewhere: m.versions_mine_elsewhere,
  earlier: m.versions_mine_earlier,
};

const stands: Record<string, () => string> = {
  awaiting: m.status_awaiting,
  in_progress: m.status_in_progress,
  finished: m.status_finished,
};

/** One value as a line of words; empty: it says nothing. */
export function valueWords(member: string, value: unknown, view: ProcessView): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? m.versions_yes() : m.versions_no();
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return stringWords(member, value, view);
  if (Array.isArray(value))
    return value
      .map((one) => valueWords(member, one, view))
      .filter(Boolean)
      .join(', ');
  const { name, text, alt } = value as Record<string, unknown>;
  const said = [text, alt, name].find((one) => typeof one === 'string' && one !== '');
  return typeof said === 'string' ? said : m.versions_something();
}

function stringWords(member: string, value: string, view: ProcessView): string {
  if (member === 'status') return stands[value]?.() ?? value;
  if (member === 'order') return m.versions_something();
  if (member === 'teams') return nameIn(view.teams.get(value)?.name, language.code).text || m.member_teams();
  if (member === 'parent' || member === 'after') {
    const item = view.tree.byId.get(value)?.document ?? view.process;
    return textIn(item?.name, language.code).text || m.versions_something();
  }
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dueDay(value) : value;
}
