/** Addresses of assets and of the items they were made in. */
import { language } from '$lib/i18n/language.svelte';
import { m } from '$lib/i18n/messages';
import type { Asset } from '$lib/model/assets';
import { splitId } from '$lib/model/envelope';
import type { ProcessView } from '$lib/model/process';
import { textIn } from '$lib/model/text';
import { hrefOfItem } from '../process/hrefs';

/** The screen of an asset. */
export function assetHref(process: string, asset: Pick<Asset, '_id'>): string {
  const { partition, type, key } = splitId(asset._id);
  return `/processes/${process}/items/${partition}/${type}/${key}`;
}

/** The screen on which what was made in an item is listed. */
export function itemHref(view: ProcessView | undefined, process: string, item: string): string {
  const found = view?.tree.byId.get(item)?.document;
  return found ? hrefOfItem(process, found) : `/processes/${process}`;
}

/** What the item is called in the language of the screens. */
export function itemName(view: ProcessView, item: string): string {
  const name = item === view.id ? view.process?.name : view.tree.byId.get(item)?.document.name;
  return textIn(name, language.code).text || m.process();
}
