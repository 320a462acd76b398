import { m } from '$lib/i18n/messages';
import type { OutboxItem } from '$lib/data/store';

/** What is unsent, said by what it is, where it has no words of its own. */
export function whatIs({ type, title, files }: Pick<OutboxItem, 'type' | 'title' | 'files'>): string {
  if (title) return title;
  if (files.length > 0) return m.photo();
  switch (type) {
    case 'reaction':
      return m.waiting_reaction();
    case 'resolution':
      return m.waiting_resolution();
    case 'assignment':
      return m.waiting_assignment();
    case 'credit':
      return m.waiting_credit();
    case 'approval':
      return m.waiting_approval();
    default:
      return m.untitled();
  }
}
