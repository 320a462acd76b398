/**
 * A list of local data that stays true by what changes in it, however long it is: the first answer comes page by page, and after
 * that a change of one document costs one document.
 */
import { onStore, store } from '../data/client';
import { apply } from '../data/apply';
import type { Followed, Store } from '../data/store';
import { asking } from './live.svelte';

export interface Following<D> {
  /** In the order of their ids. Empty while there is nothing to ask. */
  readonly value: readonly D[];
  /** Everything has come at least once. */
  readonly loaded: boolean;
}

interface From {
  mark?: string;
  after?: string;
}

/** What was told so far; may outlive the component that asked, so that the next one begins with it. */
export class Told<D extends { _id: string }> {
  value = $state.raw<readonly D[]>([]);
  loaded = $state(false);
  #mark: string | undefined;
  #asking: Promise<void> | undefined;
  #again = false;

  constructor(private readonly ask: (store: Store, from: From) => Promise<Followed<D>>) {}

  /** Ask for what is new; wishes that come meanwhile are one more question. */
  refresh(): Promise<void> {
    this.#again = true;
    this.#asking ??= this.#run().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      let answer = await this.ask(store, this.#mark === undefined ? {} : { mark: this.#mark });
      const { mark } = answer;
      this.value = apply(answer.whole ? [] : this.value, answer);
      while (answer.next !== undefined) {
        answer = await this.ask(store, { mark, after: answer.next });
        this.value = apply(this.value, answer);
      }
      this.#mark = mark;
      this.loaded = true;
    }
  }
}

/**
 * Follow while a component lives. `told` is asked for whenever a rune read in `space()` or in it changes; `about` names the documents
 * that matter.
 */
export function following<D extends { _id: string }>(
  space: () => string | null,
  told: (space: string) => Told<D>,
  about: (id: string) => boolean = () => true,
): Following<D> {
  let now = $state.raw<Told<D>>();
  $effect(() => {
    const name = space();
    if (name === null) {
      now = undefined; // out of reach: the last answer must not stay on the screen
      return;
    }
    const list = told(name);
    now = list;
    const answered = asking.begins();
    // Where it fails, the next change asks again.
    const refresh = () =>
      void list
        .refresh()
        .catch(() => undefined)
        .finally(answered);
    refresh();
    const stop = onStore((event) => {
      if (event.kind !== 'changes' || event.space !== name) return;
      if (event.ids.length === 0 || event.ids.some(about)) refresh();
    });
    return () => {
      answered();
      stop();
    };
  });
  return {
    get value() {
      return now?.value ?? [];
    },
    get loaded() {
      return now?.loaded ?? false;
    },
  };
}
