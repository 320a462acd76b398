/** What several kinds do with words. */

/** The first line that says something, without the marks of Markdown; for lists. */
export function firstLine(text: string, most = 120): string {
  const line = text.split('\n').find((one) => /[\p{L}\p{N}]/u.test(one)) ?? '';
  const plain = line
    .replace(/^\s*(?:#{1,6}|[-*+>]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]{1,3}/g, '')
    .trim();
  return plain.length > most ? `${plain.slice(0, most - 1).trimEnd()}…` : plain;
}

/** A file of Markdown: the name as its heading, then the words. */
export const markdown = (name: string, text: string): Blob =>
  new Blob([`# ${name}\n\n${text.trimEnd()}\n`], { type: 'text/markdown' });
