/**
 * How a page reaches the store. A SharedWorker serves all tabs; where there is none (Samsung Internet, old
 * Chrome for Android) or it does not start, each tab has a worker of its own and a Web Lock says which of
 * them talks to the server (lib/worker/leader.ts). What changes is told over one BroadcastChannel.
 */
import { wrap } from 'comlink';
import workerURL from '../worker/main?worker&url';
import type { Store, StoreEvent } from './store';
import { scriptURL } from './trusted';

const PATIENCE = 5_000; // ms for a SharedWorker to answer before a worker of the tab takes over

type Answering = Store & { ping(): Promise<true> };
const options = { type: 'module', name: 'interlink' } as const;

function ownWorker(): Answering {
  return wrap<Answering>(new Worker(scriptURL(workerURL), options)) as unknown as Answering;
}

async function connect(): Promise<Answering> {
  if (typeof SharedWorker === 'undefined') return ownWorker();
  try {
    const shared = new SharedWorker(scriptURL(workerURL), options);
    const store = wrap<Answering>(shared.port) as unknown as Answering;
    await new Promise<void>((ready, failed) => {
      shared.addEventListener('error', () => failed(new Error('the shared worker did not start')));
      setTimeout(() => failed(new Error('the shared worker is silent')), PATIENCE);
      store.ping().then(() => ready(), failed);
    });
    return store;
  } catch {
    return ownWorker();
  }
}

let connected: Promise<Answering> | undefined;

/** The store; the worker starts with the first call. */
export const store = new Proxy({} as Store, {
  get:
    (_target, verb) =>
    async (...args: unknown[]) => {
      const there = await (connected ??= connect());
      return (there[verb as keyof Store] as (...args: unknown[]) => Promise<unknown>)(...args);
    },
});

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('interlink');

/** Hear what the store tells; returns how to stop. */
export function onStore(hear: (event: StoreEvent) => void): () => void {
  const listener = (message: MessageEvent<StoreEvent>) => hear(message.data);
  channel?.addEventListener('message', listener);
  return () => channel?.removeEventListener('message', listener);
}
