/** Opening tools outside with a signed context. */
import { ask } from './ask';

export interface OpenedLink {
  /** The link's address, with the signed context in its fragment. */
  address: string;
  /** RFC 3339. */
  expires: string;
}

/** Throws Problem (nothing is signed for this tool, too often) or Unreachable. */
export const openLink = (process: string, item: string, link: string) =>
  ask<OpenedLink>('POST', 'links/context', { process, item, link });
