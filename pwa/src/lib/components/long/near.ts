/** Which parts of a long list are near the screen, told by the browser; drawn one in each frame, so that none is dropped. */
import { SvelteSet } from 'svelte/reactivity';

const AROUND = '900px 0px'; // drawn before it is seen, kept a while after

export class Near {
  readonly #drawn = new SvelteSet<number>([0]);
  readonly #heights = new Map<number, { height: number; items: number }>();
  readonly #numbers = new WeakMap<Element, number>();
  readonly #wanted = new Set<number>();
  #sum = { height: 0, items: 0 };
  #frame = 0;
  readonly #observer =
    typeof IntersectionObserver === 'undefined'
      ? undefined
      : new IntersectionObserver((entries) => this.#saw(entries), { rootMargin: AROUND });

  has(part: number): boolean {
    return this.#drawn.has(part);
  }

  draw(part: number): void {
    this.#drawn.add(part);
  }

  /** Height of a part that is not drawn: as it was, else as the others are. */
  height(part: number, items: number, guess: number): number {
    const known = this.#heights.get(part);
    if (known?.items === items) return known.height;
    return items * (this.#sum.items > 0 ? this.#sum.height / this.#sum.items : guess);
  }

  /** Attach to the box of a part. */
  watch(part: number) {
    return (box: Element) => {
      this.#numbers.set(box, part);
      this.#observer?.observe(box);
      return () => this.#observer?.unobserve(box);
    };
  }

  end(): void {
    this.#observer?.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #saw(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const part = this.#numbers.get(target);
      if (part === undefined) continue;
      if (isIntersecting) this.#wanted.add(part);
      else {
        this.#wanted.delete(part);
        this.#leave(part, target, boundingClientRect.height);
      }
    }
    if (this.#wanted.size > 0 && !this.#frame) this.#frame = requestAnimationFrame(() => this.#next());
  }

  #next(): void {
    this.#frame = 0;
    const [part] = this.#wanted;
    if (part === undefined) return;
    this.#wanted.delete(part);
    this.#drawn.add(part);
    if (this.#wanted.size > 0) this.#frame = requestAnimationFrame(() => this.#next());
  }

  /** Far again: it becomes an empty box as high as it was, unless somebody is in it. */
  #leave(part: number, box: Element, height: number): void {
    if (!this.#drawn.has(part) || height === 0) return;
    if (box.contains(document.activeElement) || box.querySelector('form, dialog')) return;
    const items = box.querySelectorAll(':scope > [role="listitem"]').length;
    if (items === 0) return;
    const before = this.#heights.get(part);
    this.#sum = {
      height: this.#sum.height + height - (before?.height ?? 0),
      items: this.#sum.items + items - (before?.items ?? 0),
    };
    this.#heights.set(part, { height, items });
    this.#drawn.delete(part);
  }
}
