/** The cloth of one of my processes: needs who made something at every item, so it comes after the first paint. */
import { threadsOf, type ProcessView, type Thread } from '$lib/model/process';
import { headsOf } from '$lib/state/heads.svelte';
import { madeAt } from './said';

/** Call it while a component is being made. Until all is read the cloth shows progress without people. */
export function threadsFor(view: () => ProcessView | undefined): { readonly value: Thread[] } {
  const heads = headsOf(() => view()?.space ?? null);
  const threads = $derived.by(() => {
    const now = view();
    return now ? threadsOf(now, madeAt(heads.value)) : [];
  });
  return {
    get value() {
      return threads;
    },
  };
}
