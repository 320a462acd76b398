/**
 * Whether to say «offline». Before the first answer of the server nobody knows; for a few seconds the screens then say nothing
 * rather than something wrong.
 */
import { connection } from '$lib/state/connection.svelte';

const patience = 4_000; // ms

class Weather {
  #settled = $state(typeof navigator !== 'undefined' && navigator.onLine === false);

  constructor() {
    setTimeout(() => (this.#settled = true), patience);
  }

  /** It is known how the network stands. */
  get known(): boolean {
    return this.#settled || connection.online;
  }
  get offline(): boolean {
    return this.known && !connection.online;
  }
}

export const weather = new Weather();
