import { untrack } from 'svelte';
import { onStore, store } from '../data/client';
import type { Store } from '../data/store';

/** The answer to a query of local data, which stays true. */
export interface Live<T> {
  /** Undefined until loaded, and while there is no space to ask; then the last answer. */
  readonly value: T | undefined;
  readonly loaded: boolean;
  readonly error: unknown;
}

/** How many questions of this page still wait for their first answer. */
class Asking {
  #first = $state(0);
  get first(): number {
    return this.#first;
  }
  /** Call what it returns when the answer came, or will not come any more. */
  begins(): () => void {
    untrack(() => (this.#first += 1));
    let waits = true;
    return () => {
      if (waits) untrack(() => (this.#first -= 1));
      waits = false;
    };
  }
}
export const asking = new Asking();

/**
 * Ask local data and ask again whenever its space changes or a rune read in `space()` or, before its first
 * await, in `ask` does. Call it while a component is being made; it ends with the component.
 *
 *   const tree = live(() => space, (store) => loadTree(store, space), (id) => id.startsWith('all:'));
 *
 * `about` names the documents that matter; what changes elsewhere in the space asks nothing.
 */
export function live<T>(
  space: () => string | null,
  ask: (store: Store) => Promise<T>,
  about: (id: string) => boolean = () => true,
): Live<T> {
  let value = $state.raw<T>();
  let loaded = $state(false);
  let error = $state.raw<unknown>();

  $effect(() => {
    const name = space();
    if (name === null) {
      // Out of reach (a right went, somebody signed out): the last answer must not stay on the screen.
      value = undefined;
      loaded = false;
      return;
    }
    let turn = 0;
    let ended = false;
    const answered = asking.begins();
    const run = () => {
      const mine = ++turn;
      ask(store).then(
        (answer) => {
          if (ended || mine !== turn) return;
          value = answer;
          loaded = true;
          error = undefined;
          answered();
        },
        (reason: unknown) => {
          if (!ended && mine === turn) error = reason;
          answered();
        },
      );
    };
    const stop = onStore((event) => {
      if (event.kind !== 'changes' || event.space !== name) return;
      if (event.ids.length === 0 || event.ids.some(about)) run();
    });
    run();
    return () => {
      ended = true;
      answered();
      stop();
    };
  });

  return {
    get value() {
      return value;
    },
    get loaded() {
      return loaded;
    },
    get error() {
      return error;
    },
  };
}
