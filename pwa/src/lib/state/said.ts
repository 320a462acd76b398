/** What the service worker says to an open app. Heard from the first moment on, and kept until the part of the app is there that acts. */
const most = 10;
const kept: unknown[] = [];
let hears: ((told: unknown) => void) | undefined;

globalThis.navigator?.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (hears) hears(data);
  else if (kept.push(data) > most) kept.shift();
});

/** Have each word from now on, and first those that came before. */
export function hearWorker(hear: (told: unknown) => void): void {
  hears = hear;
  for (const told of kept.splice(0)) hear(told);
}
