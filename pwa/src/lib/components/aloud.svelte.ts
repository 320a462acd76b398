/** What a screen reader is told without the focus moving: saved, sent, offline, online. One region, in App. */
class Aloud {
  #words = $state('');

  get words(): string {
    return this.#words;
  }

  say(words: string): void {
    // The same words twice would not be read twice; a zero-width space makes them new.
    this.#words = words === this.#words ? `${words}\u200b` : words;
  }
}

export const aloud = new Aloud();
