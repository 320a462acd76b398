/**
 * Web Locks reach over all workers of this origin and end with their holder, also a killed one. Where there
 * are none (Node, very old browsers) there is one worker, and order within it is kept by waiting.
 */
const locks = (globalThis.navigator as Navigator | undefined)?.locks as LockManager | undefined;

/** Do it while nobody else holds the name. */
export function alone<T>(name: string, act: () => Promise<T>): Promise<T> {
  return locks ? (locks.request(name, act) as Promise<T>) : act();
}

/** Do it beside others who do it together, while nobody is alone. */
export function together<T>(name: string, act: () => Promise<T>): Promise<T> {
  return locks ? (locks.request(name, { mode: 'shared' }, act) as Promise<T>) : act();
}

/** Do it if nobody holds the name; where somebody does, undefined at once. */
export function ifFree<T>(name: string, act: () => Promise<T>): Promise<T | undefined> {
  if (!locks) return act();
  return locks.request(name, { ifAvailable: true }, async (lock) => (lock ? act() : undefined)) as Promise<
    T | undefined
  >;
}

/**
 * Become the one worker of this browser that talks to the server for this account. `lead` is called when it
 * is our turn, at once or when the tab that leads is closed. Returns how to step back.
 */
export function stand(name: string, lead: () => void): () => void {
  let stepBack = () => {};
  const held = new Promise<void>((done) => (stepBack = done));
  if (!locks) {
    lead();
    return stepBack;
  }
  const waiting = new AbortController();
  locks
    .request(name, { signal: waiting.signal }, () => {
      lead();
      return held;
    })
    .catch(() => undefined); // stepped back before our turn
  return () => {
    waiting.abort();
    stepBack();
  };
}
