import type { Envelope } from './documents';

/** What every asset has, whatever its kind (`backend/kinds/contract.py`). */
export interface Asset extends Envelope {
  name: string;
  made_from?: string | null;
  archived?: boolean;
}

/** What a kind adds to an asset: what its screens write. */
export type Members<D extends Asset> = Omit<D, keyof Asset>;

/** Characters of an asset's name. */
export const longestName = 200;
