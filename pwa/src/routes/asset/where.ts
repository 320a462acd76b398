/** The address of an asset. */
import type { Asset } from '$lib/model/assets';
import { splitId } from '$lib/model/envelope';

/** The screen of an asset. */
export function assetHref(process: string, asset: Pick<Asset, '_id'>): string {
  const { partition, type, key } = splitId(asset._id);
  return `/processes/${process}/items/${partition}/${type}/${key}`;
}
