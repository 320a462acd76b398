/** The sentences of notices, made here in the language of the screens from a word and facts. */
import type { IconName } from '$lib/components/icons';
import { day, hours, time } from '$lib/i18n/format';
import { m } from '$lib/i18n/messages';
import type { NoticeDocument } from '$lib/model/documents';
import type { Kind } from '$lib/model/notices';
import { zoneIn } from '$lib/model/needs';

type Facts = NonNullable<NoticeDocument['facts']>;

interface Sentence {
  title: (facts: Facts) => string;
  what: (facts: Facts) => string;
}

/** By the server's word; a word of a newer server says at least that something is new. */
const sentences: Record<string, Sentence> = {
  needed: { title: m.told_needed, what: m.told_needed_what },
  place_free: { title: m.told_place_free, what: m.told_place_free_what },
  moved_up: { title: m.told_moved_up, what: m.told_moved_up_what },
  confirmed: { title: m.told_confirmed, what: m.told_confirmed_what },
  waiting: { title: m.told_waiting, what: m.told_waiting_what },
  late: { title: m.told_late, what: m.told_late_what },
  uninvited: { title: m.told_uninvited, what: m.told_uninvited_what },
  cancelled: { title: m.told_cancelled, what: m.told_cancelled_what },
  cancelled_dates: {
    title: ({ count }) => m.told_cancelled_dates({ count: count ?? 0 }),
    what: m.told_cancelled_dates_what,
  },
  moved: { title: m.told_moved, what: m.told_moved_what },
  moved_dates: {
    title: ({ count }) => m.told_moved_dates({ count: count ?? 0 }),
    what: m.told_moved_dates_what,
  },
  reminder: { title: m.told_reminder, what: m.told_reminder_what },
  due: { title: m.told_due, what: m.told_due_what },
  assigned: { title: m.told_assigned, what: m.told_assigned_what },
  mentioned: { title: m.told_mentioned, what: m.told_mentioned_what },
  replied: { title: m.told_replied, what: m.told_replied_what },
  invited: { title: m.told_invited, what: m.told_invited_what },
  applied: { title: m.told_applied, what: m.told_applied_what },
  not_accepted: { title: m.told_not_accepted, what: m.told_not_accepted_what },
  handed: { title: m.told_handed, what: m.told_handed_what },
  handed_on: { title: m.told_handed_on, what: m.told_handed_on_what },
  offered: { title: m.told_offered, what: m.told_offered_what },
  not_taken: { title: m.told_not_taken, what: m.told_not_taken_what },
  handed_over: { title: m.told_handed_over, what: m.told_handed_over_what },
  let_in: { title: m.told_let_in, what: m.told_let_in_what },
  turned_down: { title: m.told_turned_down, what: m.told_turned_down_what },
  digest: { title: m.told_digest, what: ({ count }) => m.told_digest_what({ count: count ?? 0 }) },
};
const other: Sentence = { title: m.told_other, what: m.told_other_what };

const sentenceOf = ({ word }: NoticeDocument) => (Object.hasOwn(sentences, word) ? sentences[word]! : other);

export const titleOf = (notice: NoticeDocument): string => sentenceOf(notice).title(notice.facts ?? {});
export const whatOf = (notice: NoticeDocument): string => sentenceOf(notice).what(notice.facts ?? {});

/** «Tuesday 24 November, 14:00–16:00», by the clock of the place, its hours on one line; undefined where nothing has a time. */
export function whenOf({ facts }: NoticeDocument): string | undefined {
  if (!facts?.start) return undefined;
  const zone = zoneIn(facts.zone);
  const clock = facts.end ? hours(facts.start, facts.end, zone) : time(new Date(facts.start), zone);
  return `${day(facts.start, zone)}, ${clock}`;
}

export const icons: Record<Kind, IconName> = {
  test: 'inbox',
  needed: 'people',
  place_free: 'people',
  handed: 'warn',
  assigned: 'work',
  answered: 'check',
  reminder: 'clock',
  changed: 'when',
  cancelled: 'x',
  mention: 'talk',
  invitation: 'mail',
  application: 'people',
  not_accepted: 'refused',
  digest: 'list',
};
