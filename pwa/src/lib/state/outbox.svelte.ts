import { onStore, store } from '../data/client';
import type { OutboxItem } from '../data/store';

/** «Not there yet»: what waits, what was refused and why, what is only begun. Newest first. */
class Outbox {
  #all = $state.raw<OutboxItem[]>([]);
  #loaded = $state(false);
  #waiting = $derived(this.#all.filter((item) => item.state === 'waiting'));
  #refused = $derived(this.#all.filter((item) => item.state === 'refused'));
  #drafts = $derived(this.#all.filter((item) => item.state === 'draft'));

  get waiting(): OutboxItem[] {
    return this.#waiting;
  }
  get refused(): OutboxItem[] {
    return this.#refused;
  }
  get drafts(): OutboxItem[] {
    return this.#drafts;
  }
  get loaded(): boolean {
    return this.#loaded;
  }

  /** After session.start. */
  start(): void {
    onStore((event) => {
      if (event.kind === 'outbox') void this.#read();
    });
    void this.#read();
  }

  async #read(): Promise<void> {
    this.#all = await store.outbox();
    this.#loaded = true;
  }
}

export const outbox = new Outbox();
