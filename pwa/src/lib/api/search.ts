/** Search on the server: over what is public, and what is mine and not (yet) on this device. */
import type { Text } from '../model/documents';
import { ask, query } from './ask';

interface Hits {
  hits: {
    space: string;
    id: string;
    type: string;
    name: Text;
    snippet: { text: string; found: boolean }[];
  }[];
  after: string | null;
}

/** A page of hits; `after` is what the former page told. Throws Problem or Unreachable. */
export const searchServer = (q: string, after?: string) =>
  ask<Hits>('GET', `search${query({ q: q.slice(0, 200), after })}`);
