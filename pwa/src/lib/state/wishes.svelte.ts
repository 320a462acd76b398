/** How I want to be told things, from my own space: what I said, and for the rest what everybody has. */
import { WISHES } from '../model/answers';
import type { WishesDocument } from '../model/documents';
import { wished, type Wishes } from '../model/wishes';
import { live } from './live.svelte';
import { session } from './session.svelte';

/** Call it while a component is being made; it ends with the component. */
export function wishes(): { readonly now: Wishes; readonly loaded: boolean } {
  const said = live(
    () => (session.ready ? session.personSpace : null),
    async (store) => (await store.get<WishesDocument>(session.personSpace ?? '', WISHES)) ?? null,
    (id) => id === WISHES,
  );
  return {
    get now() {
      return wished(said.value ?? undefined);
    },
    get loaded() {
      return said.loaded;
    },
  };
}
