import { scriptURL } from '../data/trusted';
import { isOlder } from '../model/versions';
import { firstScreen } from './first';
import { session } from './session.svelte';

const PATIENCE = 10_000; // ms: nor does a browser that is never idle

/** The browser has nothing better to do; at once where it cannot say. */
const idle = () =>
  new Promise<void>((done) => {
    if (typeof requestIdleCallback === 'undefined') done();
    else requestIdleCallback(() => done(), { timeout: PATIENCE });
  });

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
  /** The server asks for a newer version than this. It still takes our work: sending and saving to a file go on. */
  get unsupported(): boolean {
    const oldest = session.meta?.oldestClient;
    return oldest !== undefined && isOlder(__VERSION__, oldest);
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
    // Fetching the shell should not compete with showing the first screen, be it for the network or for the processor.
    await firstScreen;
    await idle();
    const registered = navigator.serviceWorker.register(scriptURL('/service-worker.js'));
    const registration = await registered.catch(() => undefined);
    if (!registration) return; // the network went meanwhile: the next start tries again
    const offer = (worker: ServiceWorker | null) => {
      if (!worker || !navigator.serviceWorker.controller) return;
      this.#waiting = worker;
      this.#available = true;
    };
    offer(registration.waiting);
    $effect.root(() => {
      $effect(() => {
        if (this.unsupported) void registration.update();
      });
    });
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') offer(worker);
      });
    });
  }
}

export const updates = new Updates();
