import { store } from '../data/client';
import { splitId } from '../model/envelope';

/** Give refused work to the administrators of its process. `rescue` is OutboxItem.rescue. */
export const handOver = (rescue: string, note: string): Promise<void> => store.handOver(rescue, note.trim());

/** Take it back before they decided, or put their answer away. */
export const endHandover = (rescue: string): Promise<void> => store.endHandover(splitId(rescue).key);
