import { onStore, store } from '../data/client';
import type { SpaceInfo } from '../data/store';

/** What I may read, as last told by the server and kept for offline. */
class Spaces {
  #all = $state.raw<SpaceInfo[]>([]);
  #loaded = $state(false);
  #processes = $derived(this.#all.filter((space) => space.kind === 'process' && !space.hidden));

  get all(): SpaceInfo[] {
    return this.#all;
  }
  get processes(): SpaceInfo[] {
    return this.#processes;
  }
  /** False until the first local answer: show nothing rather than «you have none». */
  get loaded(): boolean {
    return this.#loaded;
  }
  of(name: string): SpaceInfo | undefined {
    return this.#all.find((space) => space.name === name);
  }

  /** After session.start. */
  start(): void {
    onStore((event) => {
      if (event.kind === 'spaces') void this.#read();
    });
    void this.#read();
  }

  async #read(): Promise<void> {
    this.#all = await store.spaces();
    this.#loaded = true;
  }
}

export const spaces = new Spaces();
