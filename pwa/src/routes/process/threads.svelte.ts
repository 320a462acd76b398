/** The cloth of one of my processes: needs the contributions of every task, so it comes after the first paint. */
import { threadsOf, type ProcessView, type Thread } from '$lib/model/process';
import { live } from '$lib/state/live.svelte';
import { nothingSaid, readSaid } from './said';

/** Call it while a component is being made. Until all is read the cloth shows progress without people. */
export function threadsFor(view: () => ProcessView | undefined): { readonly value: Thread[] } {
  const said = live(
    () => view()?.space ?? null,
    (store) => readSaid(store, view()),
  );
  const threads = $derived.by(() => {
    const now = view();
    return now ? threadsOf(now, said.value ?? nothingSaid) : [];
  });
  return {
    get value() {
      return threads;
    },
  };
}
