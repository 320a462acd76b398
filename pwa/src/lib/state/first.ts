/** What the server wrote into a public page before the app ran (backend/public/page.py). */
import type { Held } from '../data/store';
import type { PublishedProcess } from '../model/documents';
import { splitId } from '../model/envelope';

/** The published process of this page, until this device has its own copy; undefined for any other. */
export function publishedHere(key: string): Held<PublishedProcess> | undefined {
  const told = document.getElementById('published')?.textContent;
  const found = told ? (JSON.parse(told) as Held<PublishedProcess>) : undefined;
  return found && splitId(found._id).key === key ? found : undefined;
}

const PATIENCE = 10_000; // ms: a screen that does not come holds nothing up
let stood = false;
let stands: () => void;
/** Resolves when the first screen stands, or is late: what nobody looks at waits for it. */
export const firstScreen = new Promise<void>((resolve) => {
  stands = resolve;
  setTimeout(resolve, PATIENCE);
});
/** The app has begun: its first screen was seen as a whole. */
export const firstScreenStood = () => stood;

/** The app's own screen stands: the words of the server give way to it. */
export function screenStands(): void {
  document.getElementById('first')?.remove();
  stood = true;
  stands();
}
