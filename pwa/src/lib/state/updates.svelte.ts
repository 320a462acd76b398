import { scriptURL } from '../data/trusted';

/**
 * A new version of the app. It waits while anybody writes: the person decides (`apply`), or it takes over
 * when the last tab closes.
 */
class Updates {
  #available = $state(false);
  #composers = $state(0);
  #waiting: ServiceWorker | null = null;

  /** A new version is here and only waits. */
  get available(): boolean {
    return this.#available;
  }
  /** A composer is open: don't offer to reload. */
  get composing(): boolean {
    return this.#composers > 0;
  }

  /** A composer opened; call what it returns when it closes. */
  hold(): () => void {
    this.#composers += 1;
    let held = true;
    return () => {
      if (held) this.#composers -= 1;
      held = false;
    };
  }

  /** Take the new version now; the page loads again. Does nothing while a composer is open. */
  apply(): void {
    if (this.composing || !this.#waiting) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    this.#waiting.postMessage({ kind: 'take-over' });
  }

  /** Install the service worker (a built app only) and watch for its successors. */
  async start(): Promise<void> {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const registration = await navigator.serviceWorker.register(scriptURL('/service-worker.js'));
    const offer = (worker: ServiceWorker | null) => {
      if (!worker || !navigator.serviceWorker.controller) return;
      this.#waiting = worker;
      this.#available = true;
    };
    offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') offer(worker);
      });
    });
  }
}

export const updates = new Updates();
