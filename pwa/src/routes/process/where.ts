/** Where a thing of a process is looked at. */
import { isKind } from '../../kinds/names';
import { language } from '$lib/i18n/language.svelte';
import { m } from '$lib/i18n/messages';
import { splitId } from '$lib/model/envelope';
import type { ProcessView } from '$lib/model/process';
import { textIn } from '$lib/model/text';
import { assetHref } from '../asset/where';
import { hrefOfItem } from './hrefs';

/** The screen of an item of the tree, or of the process. */
export function itemHref(view: ProcessView, item: string | undefined): string {
  const found = item === undefined ? undefined : view.tree.byId.get(item)?.document;
  return found ? hrefOfItem(view.id, found) : `/processes/${view.id}`;
}

/** The screen on which a document is seen, or what it is about. */
export function documentHref(view: ProcessView, document: string, item: string | undefined): string {
  const { type } = splitId(document);
  if (isKind(type)) return assetHref(view.id, { _id: document });
  if (type === 'member') return `/processes/${view.id}/people`;
  return itemHref(view, item);
}

/** What an item is called; the process by its own name. Undefined: it is not, or no longer, here. */
export function itemName(view: ProcessView, item: string | undefined): string | undefined {
  const name =
    item === undefined || item === view.id ? view.process?.name : view.tree.byId.get(item)?.document.name;
  return textIn(name, language.code).text || undefined;
}

/** How I call somebody of this process; who left it has no name any more. */
export const personName = (view: ProcessView, member: string): string =>
  member === view.standing.member ? m.you() : view.members.get(member)?.name || m.someone();
