/** After an act: one sentence, and ten seconds to take it back. Never for errors, never for what must be read. */
export interface Offer {
  text: string;
  undo?: () => void;
}

const visibleFor = 10_000;

class Toasts {
  #offer = $state.raw<Offer>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get offer(): Offer | undefined {
    return this.#offer;
  }

  show(text: string, undo?: () => void): void {
    clearTimeout(this.#timer);
    this.#offer = { text, undo };
    this.#timer = setTimeout(() => (this.#offer = undefined), visibleFor);
  }

  undo(): void {
    this.#offer?.undo?.();
    this.dismiss();
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.#offer = undefined;
  }
}

export const toasts = new Toasts();
