import { createProcess, type NewProcess } from '../api/processes';
import { store } from '../data/client';

/** Found a process, from a schema or empty. Needs the network; the tree is on the device when it resolves. */
export async function startProcess(process: NewProcess): Promise<{ id: string; space: string }> {
  const founded = await createProcess(process);
  await store.refreshSpaces();
  await store.sync();
  return founded;
}
