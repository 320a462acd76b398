/**
 * The first screen is made in pieces, each in a task of its own, so that a slow phone answers a finger in between. The words
 * the server wrote stay until all of them are made (`made`): nobody sees a screen grow that stood already.
 */
import { untrack } from 'svelte';
import { firstScreenStood } from '$lib/state/first';

/** How many pieces of this page are still to be made. */
class Pieces {
  #left = $state(0);

  /** All of the screen that can be made now is made. */
  get made(): boolean {
    return this.#left === 0;
  }
  /** A piece will come; call what it returns when it stands, or will not come any more. */
  begins(): () => void {
    untrack(() => (this.#left += 1));
    let waits = true;
    return () => {
      if (waits) untrack(() => (this.#left -= 1));
      waits = false;
    };
  }
}
export const pieces = new Pieces();

/** What lies below the first look: made in the next task. Call it while a component is being made. */
export function below(): { readonly now: boolean } {
  let now = $state(false);
  const stands = pieces.begins();
  $effect(() => {
    // Runs again when the piece was made, after the effects of all that is in it: what they begin is counted by then.
    if (now) return stands();
    const timer = setTimeout(() => (now = true));
    return () => clearTimeout(timer);
  });
  $effect(() => stands);
  return {
    get now() {
      return now;
    },
  };
}

/** The same for the parts of every screen, while the app begins; later, at once: a frame must not blink from screen to screen. */
export const inTurn = (): { readonly now: boolean } => (firstScreenStood() ? { now: true } : below());

/** How much of a list is made: while the app begins `step` more in each task, once that has reached the end, or later, all. */
export function bitByBit(
  length: () => number,
  step: number,
): { readonly upTo: number; readonly whole: boolean } {
  let upTo = $state(firstScreenStood() ? Infinity : step);
  $effect(() => {
    if (upTo === Infinity || length() === 0) return;
    const timer = setTimeout(() => (upTo = upTo >= length() ? Infinity : upTo + step));
    return () => clearTimeout(timer);
  });
  return {
    get upTo() {
      return upTo;
    },
    /** The end was reached: what comes after the list may be made. */
    get whole() {
      return upTo === Infinity || length() === 0;
    },
  };
}
