/** What was made in a process, without its content: for the cloth, the counts, what happened and what waits. One question, any size. */
import type { Head } from '../data/store';
import { following, Told, type Following } from './following.svelte';
import { person } from './person';

const KEPT = 6; // processes whose heads stay in memory between two screens
const kept = new Map<string, Told<Head>>();

/** Call it while a component is being made; it ends with the component. */
export function headsOf(space: () => string | null): Following<Head> {
  return following(space, (name) => {
    const key = `${person.account?.id ?? ''} ${name}`;
    const known = kept.get(key) ?? new Told<Head>((store, from) => store.heads(name, from));
    kept.delete(key);
    kept.set(key, known);
    for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(old);
    return known;
  });
}
