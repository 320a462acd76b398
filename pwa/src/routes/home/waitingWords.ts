/** How a thing that waits for me is called, where it is, and by when. */
import type { IconName } from '$lib/components/icons';
import { dueDay, isPast } from '$lib/i18n/format';
import { language } from '$lib/i18n/language.svelte';
import { m } from '$lib/i18n/messages';
import { nameIn } from '$lib/model/team';
import type { Waiting } from '$lib/model/waiting';
import { documentHref, itemHref, itemName } from '../process/where';

export function waitingTitle(waiting: Waiting): string {
  const where = itemName(waiting.view, waiting.item) ?? m.process();
  if (waiting.kind === 'assignment') return waiting.head.text || where;
  if (waiting.kind === 'two') return nameIn(waiting.head.name, language.code).text || where;
  return where;
}

/** What is said beside its title: why it waits. A task says it by itself. */
export function waitingWhy(waiting: Waiting): string | undefined {
  if (waiting.kind === 'assignment') return m.ov_asked();
  return waiting.kind === 'two' ? m.two_versions() : undefined;
}

export const waitingIcon = (waiting: Waiting): IconName =>
  waiting.kind === 'task' ? 'talk' : waiting.kind === 'two' ? 'two' : 'people';

export function waitingHref(waiting: Waiting): string {
  const { view, item } = waiting;
  if (waiting.kind === 'two') return documentHref(view, waiting.head._id, item);
  if (waiting.kind === 'assignment' && waiting.head.about?.includes(':'))
    return documentHref(view, waiting.head.about, item);
  return itemHref(view, item);
}

export const dayWords = (day: string): string =>
  isPast(day) ? m.was_due({ day: dueDay(day) }) : m.by_day({ day: dueDay(day) });
