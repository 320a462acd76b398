import { changed } from '../model/change';
import type { Process } from '../model/documents';
import { changeDocument, type Undo } from './changeDocument';

/** Write what was changed of a process since `before`; nothing else of it changes. Works without a network. */
export const changeProcess = (
  space: string,
  before: Process,
  wished: Partial<Process>,
): Promise<Undo | undefined> =>
  changeDocument<Process>(space, before._id, (now) => changed<Process>(before, wished, now));
