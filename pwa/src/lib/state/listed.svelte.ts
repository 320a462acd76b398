/** All documents of one type in a partition, kept true change by change. */
import type { Held } from '../data/store';
import type { Envelope } from '../model/documents';
import { following, Told, type Following } from './following.svelte';

/** Call it while a component is being made; it ends with the component. */
export function listed<D extends Envelope>(
  space: () => string | null,
  partition: () => string,
  type: string,
): Following<Held<D>> {
  return following(
    space,
    (name) => {
      const range = { partition: partition(), type };
      return new Told<Held<D>>((store, from) => store.follow<D>(name, range, from));
    },
    (id) => id.startsWith(`${partition()}:${type}:`),
  );
}
