import { store } from '../data/client';
import type { OfflineReport } from '../data/store';

/**
 * Have a space here with all its files, and ask the browser not to clear it. The report says what was
 * reached: `complete`, `persisted` (the browser's promise), `tight` (room is running out).
 */
export async function takeOffline(space: string): Promise<OfflineReport> {
  const persisted = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
  const report = await store.takeOffline(space);
  return { ...report, persisted: persisted || report.persisted };
}
