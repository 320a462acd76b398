import { m } from '$lib/i18n/messages';
import type { Status } from '$lib/model/tree';

/** How a task or a phase stands. */
export const statusWord = (status: Status): string =>
  status === 'finished'
    ? m.status_finished()
    : status === 'in_progress'
      ? m.status_in_progress()
      : m.status_awaiting();
