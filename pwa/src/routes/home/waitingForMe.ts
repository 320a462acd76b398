/** What waits for me in all my processes, the nearest day first. */
import type { Head } from '$lib/model/head';
import type { ProcessView } from '$lib/model/process';
import { inOrder, waitingIn, type Waiting } from '$lib/model/waiting';

/** `heads` tells what was made in each process, by its space. */
export const waitingForMe = (
  views: readonly ProcessView[],
  heads: (space: string) => readonly Head[],
): Waiting[] => inOrder(views.flatMap((view) => waitingIn(view, heads(view.space))));
