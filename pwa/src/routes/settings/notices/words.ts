import { m } from '$lib/i18n/messages';
import type { Group, Road } from '$lib/model/wishes';

/** What kinds of notices are called together. */
export const groups: Record<Group, () => string> = {
  calls: m.wishes_calls,
  promised: m.wishes_promised,
  reminders: m.wishes_reminders,
  work: m.wishes_work,
  talk: m.wishes_talk,
  people: m.wishes_people,
  refused: m.wishes_refused,
  summary: m.wishes_summary,
};

export const roads: Record<Road, () => string> = {
  push: m.wishes_push,
  mail: m.wishes_mail,
  inbox: m.wishes_inbox,
};
