/** My processes as the screens need them, each read again when it changes: all for the lists, one for its own screens. */
import { SvelteMap } from 'svelte/reactivity';
import { onStore, store } from '../data/client';
import type { SpaceInfo } from '../data/store';
import { spaceOf, viewProcess, type ProcessView } from '../model/process';
import { live, type Live } from './live.svelte';
import { spaces } from './spaces.svelte';

/** The process itself, its tree, members, teams and rights lie in one partition; what is made in it changes none of them. */
const ofAll = (id: string) => id.startsWith('all:');

export interface MyProcesses {
  readonly all: ProcessView[];
  /** Every process has answered once. */
  readonly loaded: boolean;
}

/** Call it while a component is being made; it ends with the component. */
export function myProcesses(): MyProcesses {
  const views = new SvelteMap<string, ProcessView>();

  $effect(() => {
    const mine = spaces.processes;
    let ended = false;
    const read = async (info: SpaceInfo) => {
      const documents = await store.list(info.name, 'all');
      if (!ended) views.set(info.name, viewProcess(info.name, documents, info));
    };
    const stop = onStore((event) => {
      const info = event.kind === 'changes' && mine.find((space) => space.name === event.space);
      if (info && (event.ids.length === 0 || event.ids.some(ofAll))) void read(info);
    });
    for (const info of mine) void read(info);
    return () => {
      ended = true;
      stop();
    };
  });

  return {
    get all() {
      return spaces.processes.flatMap((space) => views.get(space.name) ?? []);
    },
    get loaded() {
      return spaces.loaded && spaces.processes.every((space) => views.has(space.name));
    },
  };
}

/** One process of mine, and how it stands with having it here. */
export interface OneProcess {
  readonly space: string;
  /** Undefined: not (or no longer) mine. */
  readonly info: SpaceInfo | undefined;
  readonly view: Live<ProcessView>;
  /** Mine, but its documents have not all arrived. */
  readonly coming: boolean;
  /** It is certain that there is nothing to show: unknown, out of reach, or being tidied. */
  readonly missing: boolean;
}

/** Call it while a component is being made; it ends with the component. */
export function oneProcess(id: () => string): OneProcess {
  const space = $derived(spaceOf(id()));
  const info = $derived(spaces.of(space));
  const view = live(
    () => (info && !info.hidden ? space : null),
    async (store) => {
      const me = info ?? {}; // read before the first await, so that a change of it asks again
      return viewProcess(space, await store.list(space, 'all'), me);
    },
    ofAll,
  );
  const coming = $derived(info !== undefined && !info.hidden && !info.complete);
  return {
    view,
    get space() {
      return space;
    },
    get info() {
      return info;
    },
    get coming() {
      return coming;
    },
    get missing() {
      return !coming && spaces.loaded && (!info || view.loaded);
    },
  };
}
