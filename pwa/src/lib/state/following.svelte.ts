/**
 * A list of local data that stays true by what changes in it, however long it is: the first answer comes page by page, and after
 * that a change of one document costs one document.
 */
import { onStore, store } from '../data/client';
import type { Followed, Store } from '../data/store';

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

/** The list with what was changed put in its place and what went taken out. */
export function apply<D extends { _id: string }>(
  before: readonly D[],
  { documents, gone }: Pick<Followed<D>, 'documents' | 'gone'>,
): readonly D[] {
  if (documents.length === 0 && gone.length === 0) return before;
  const last = before.at(-1)?._id ?? '';
  if (gone.length === 0 && documents.every((one, n) => one._id > (n ? documents[n - 1]!._id : last)))
    return [...before, ...documents]; // the common case: somebody said one more thing, or a next page
  const changed = new Map(documents.map((one) => [one._id, one]));
  const went = new Set(gone);
  const kept = before.flatMap((one) => {
    if (went.has(one._id) && !changed.has(one._id)) return [];
    const now = changed.get(one._id) ?? one;
    changed.delete(one._id);
    return [now];
  });
  return [...kept, ...changed.values()].sort((a, b) => (a._id < b._id ? -1 : 1));
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
    const refresh = () => void list.refresh().catch(() => undefined); // the next change asks again
    refresh();
    return onStore((event) => {
      if (event.kind !== 'changes' || event.space !== name) return;
      if (event.ids.length === 0 || event.ids.some(about)) refresh();
    });
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
