import { store } from '../data/client';
import type { LoadReport } from '../data/store';

/** Read such a file back; twice does nothing more. Another person's work becomes my drafts. Throws TypeError for a file that is none of ours. */
export async function loadFromFile(file: Blob): Promise<LoadReport> {
  const report = await store.importUnsent(file);
  void store.sync();
  return report;
}
