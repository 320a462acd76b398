/** What was made in a process, without its content: for the cloth, the counts, what happened and what waits. One question, any size. */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { onStore } from '../data/client';
import type { Head } from '../model/head';
import { following, Told, type Following } from './following.svelte';
import { keeping } from './keeping';
import { person } from './person';

const KEPT = 6; // processes whose heads stay in memory between two screens
const kept = keeping<Told<Head>>(KEPT);

/** What was told of a space to who uses the device now. */
const told = (space: string): Told<Head> =>
  kept(
    `${person.account?.id ?? ''} ${space}`,
    () => new Told<Head>((store, from) => store.heads(space, from)),
  );

/** Call it while a component is being made; it ends with the component. */
export const headsOf = (space: () => string | null): Following<Head> => following(space, told);

/** Of several processes at once. Call it while a component is being made; it ends with the component. */
export function headsOfAll(spaces: () => readonly string[]): {
  of(space: string): readonly Head[];
  /** All of them have come at least once. */
  readonly loaded: boolean;
} {
  const all = new SvelteMap<string, Told<Head>>();
  const names = $derived(spaces().join(' ')); // the same spaces again ask nothing again
  $effect(() => {
    const now = names.split(' ').filter(Boolean);
    untrack(() => all.clear());
    for (const name of now) all.set(name, told(name));
    const refresh = (name: string) =>
      void all
        .get(name)
        ?.refresh()
        .catch(() => undefined);
    now.forEach(refresh);
    return onStore((event) => {
      if (event.kind === 'changes' && now.includes(event.space)) refresh(event.space);
    });
  });
  return {
    of: (space) => all.get(space)?.value ?? [],
    get loaded() {
      return spaces().every((name) => all.get(name)?.loaded);
    },
  };
}
