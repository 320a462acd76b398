/** What people think of things in the commons: found by thing, and weighed so that one vote does not outdo forty. */
import type { Opinions } from './documents';
import { splitId } from './envelope';

export type Thing = 'interlinker' | 'schema' | 'published-process';

/** How a thing is called in the keys of ratings and opinions. */
export const thing = (type: Thing, key: string) => `${type}~${key}`;

/** Opinions by the key of the thing, of one type of things. */
export function opinionsOf(type: Thing, documents: readonly Opinions[]): ReadonlyMap<string, Opinions> {
  const prefix = `${type}~`;
  return new Map(
    documents.flatMap((one) => {
      const { key } = splitId(one._id);
      return key.startsWith(prefix) ? [[key.slice(prefix.length), one]] : [];
    }),
  );
}

const usual = 3; // stars of what nobody has rated
const doubt = 3; // so many people of the usual opinion are thought to stand beside those who spoke

/** Stars to sort by: the mean, drawn towards the middle while few have spoken. */
export const weighed = (opinions: Pick<Opinions, 'count' | 'mean'> | undefined) =>
  opinions ? (opinions.mean * opinions.count + usual * doubt) / (opinions.count + doubt) : usual;
