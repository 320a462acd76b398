/** My visits of one process: what is new since the last, and until where I have read. Kept on this device alone. */
import { onStore, store } from '$lib/data/client';
import { closed, opened, visitsFrom, type Visits } from '$lib/model/visit';
import { now, setOf } from './plain';

const READING = 4_000; // ms: who looked as long has read it, also when the app is killed then

export interface Visit {
  /** Ids of what was written or deleted since. */
  readonly ids: ReadonlySet<string>;
  /** When the visit before ended; undefined on the first. */
  readonly since: string | undefined;
  readonly loaded: boolean;
}

/** Call it while a component is being made. What was shown counts as read after a moment, or when one leaves. */
export function visitOf(space: () => string | null): Visit {
  let ids = $state.raw<ReadonlySet<string>>(setOf([]));
  let since = $state<string>();
  let loaded = $state(false);

  $effect(() => {
    const name = space();
    if (name === null) return;
    const note = `visit/${name}`;
    let visits: Visits | undefined;
    let mark: string | undefined;
    let ended = false;
    let reading: ReturnType<typeof setTimeout> | undefined;

    const look = async () => {
      visits ??= opened(visitsFrom(await store.recall(note)), now());
      const told = await store.news(name, visits.since?.mark);
      if (ended) return;
      mark = told.mark;
      ids = setOf(told.ids);
      since = told.known ? visits.since?.at : undefined;
      loaded = true;
      clearTimeout(reading);
      reading = setTimeout(() => document.visibilityState === 'visible' && read(), READING);
    };
    const read = () => {
      if (!visits || mark === undefined) return;
      visits = closed(visits, mark, now());
      void store.remember(note, visits);
    };
    const away = () => {
      if (document.visibilityState === 'hidden') read();
    };
    const stop = onStore((event) => {
      if (event.kind === 'changes' && event.space === name) void look();
    });
    document.addEventListener('visibilitychange', away);
    window.addEventListener('pagehide', read);
    void look();
    return () => {
      ended = true;
      clearTimeout(reading);
      read();
      stop();
      document.removeEventListener('visibilitychange', away);
      window.removeEventListener('pagehide', read);
    };
  });

  return {
    get ids() {
      return ids;
    },
    get since() {
      return since;
    },
    get loaded() {
      return loaded;
    },
  };
}
