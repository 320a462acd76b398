/** Where one goes on with a form of a process that was begun; its draft's key is `<space>~<item>~<form>`. */
import { processIdOf } from './process';

/** Undefined for what is no such form: words at an item, an asset. */
export function hrefOfForm(key: string): string | undefined {
  const [space = '', item = '', form] = key.split('~');
  const home = `/processes/${processIdOf(space)}`;
  if (form === 'new') return '/processes/new';
  if (form === 'about') return `${home}/about/edit`;
  if (form === 'governance') return `${home}/about/governance`;
  if (form === 'item') return `${home}/items/${item}/edit`;
  return form?.startsWith('add-') ? `${home}/guide/edit` : undefined;
}
