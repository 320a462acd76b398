/** Where the dates of a task are changed, for who may; undefined for everybody else. */
import type { ProcessView } from '$lib/model/process';

export const editHref = (view: ProcessView, task: string): string | undefined =>
  view.standing.administrator ? `/processes/${view.id}/items/${task}/edit` : undefined;
