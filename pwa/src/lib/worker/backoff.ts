const FIRST = 2_000; // ms
const LONGEST = 5 * 60_000;

/** How long to wait after a failure: twice as long each time, and not everybody at the same moment. */
export class BackOff {
  #failures = 0;

  constructor(private readonly random: () => number = Math.random) {}

  next(): number {
    const full = Math.min(LONGEST, FIRST * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 16);
    return full * (0.5 + this.random() / 2);
  }

  reset(): void {
    this.#failures = 0;
  }
}
