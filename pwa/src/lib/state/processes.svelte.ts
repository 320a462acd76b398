/** All my processes at once, each read again when it changes: for the lists that look across them. */
import { SvelteMap } from 'svelte/reactivity';
import { onStore, store } from '../data/client';
import type { SpaceInfo } from '../data/store';
import { viewProcess, type ProcessView } from '../model/process';
import { spaces } from './spaces.svelte';

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
      if (info) void read(info);
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
