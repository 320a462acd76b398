/** Words that everybody reads, and the server's administrators. */
import { ask } from './ask';

/** Take an opinion away for good: its stars do not count, and it does not come back. */
export const withhold = (about: string, opinion: string) =>
  ask<void>('DELETE', `opinions/${encodeURIComponent(about)}/${encodeURIComponent(opinion)}`);
