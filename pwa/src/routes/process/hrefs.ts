/** Where an item of the guide is looked at. */
import { idOf, type TreeDocument } from '$lib/model/tree';

export const hrefOfItem = (process: string, item: TreeDocument) =>
  `/processes/${process}/${item.type === 'task' ? 'tasks' : 'items'}/${idOf(item)}`;
