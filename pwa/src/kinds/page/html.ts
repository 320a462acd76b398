import { parseMarkdown } from '$lib/components/rich/markdown';
import { writePage } from '$lib/components/rich/write';
import type { Page } from '$lib/model/documents';

/** The page as a file that every browser opens and prints. */
export const htmlOf = ({ name, lang, text }: Page): Blob =>
  new Blob([writePage(name, lang, parseMarkdown(text ?? '', true))], { type: 'text/html' });
