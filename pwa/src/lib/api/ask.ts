/** A request in the language of the screens: what the server says in words is read by the person. Throws Problem or Unreachable. */
import { language } from '../i18n/language.svelte';
import { request } from './client';

export const ask = <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
  request<T>(method, path, body, language.code);

/** `?a=1&b=2` of what is given; nothing of nothing. */
export function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((one): one is [string, string] => Boolean(one[1]));
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
}

/** A list comes in pages of 100; `next` is the `after` of the next one. */
export interface Page {
  next: string | null;
}

const MOST_PAGES = 50;

/** All pages of a list; of one longer than 5,000 its beginning. */
export async function allPages<P extends Page>(page: (after?: string) => Promise<P>): Promise<P[]> {
  const pages: P[] = [];
  let after: string | undefined;
  do {
    const read = await page(after);
    pages.push(read);
    after = read.next ?? undefined;
  } while (after && pages.length < MOST_PAGES);
  return pages;
}
