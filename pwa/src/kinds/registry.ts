/** All kinds: whoever adds a folder with a `kind.ts` adds a kind. Their screens are fetched when they are first looked at. */
import type { Kind } from './contract';

const found = import.meta.glob<Kind>('./*/kind.ts', { eager: true, import: 'default' });

export const kinds: readonly Kind[] = Object.values(found).sort((a, b) => a.order - b.order);

const byKey = new Map(kinds.map((one) => [one.key, one]));

/** The kind of a type of document; undefined for what is no asset, or is one this app is too old for. */
export const kindOf = (type: string): Kind | undefined => byKey.get(type);
