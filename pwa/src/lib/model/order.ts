/**
 * Order among siblings as strings that sort byte by byte, with room between any two: fractional indexing, in the form of
 * `backend/processes/order.py`. To move one thing writes that thing alone, so two people who move different things do not meet.
 */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

const LONGEST = 61;

/** A place between two others, `undefined` for an end of the list. Undefined when there is no room: then all are placed anew. */
export function between(before: string | undefined, after: string | undefined): string | undefined {
  try {
    const found = generateKeyBetween(before ?? null, after ?? null);
    return found.length <= LONGEST ? found : undefined;
  } catch {
    return undefined; // equals, the wrong way round, or keys of another form
  }
}

/** The first `count` places of a list. */
export const places = (count: number): string[] => generateNKeysBetween(null, null, count);
