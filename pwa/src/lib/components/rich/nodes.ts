/**
 * Formatted text as plain values, which RichNodes.svelte turns into elements one by one.
 *
 * The page's policy (require-trusted-types-for 'script') lets no string become markup, and nothing here tries to: the few elements
 * below are all that can come out, whatever went in. What is not on the list leaves its words and loses its form.
 */
export type Tag =
  'p' | 'ul' | 'ol' | 'li' | 'strong' | 'em' | 'a' | 'h3' | 'h4' | 'br' | 'code' | 'pre' | 'blockquote';

export interface RichElement {
  tag: Tag;
  href?: string;
  children: RichNode[];
}

export type RichNode = string | RichElement;

/** Longest text that is parsed; the rest is left out rather than the phone kept busy. */
export const longest = 100_000;

/** An address a link may lead to: the web or a mailbox. Everything else (scripts, files, our own pages) is none. */
export function safeHref(address: string): string | undefined {
  try {
    const url = new URL(address.trim());
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** The words alone. */
export function plain(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node : `${plain(node.children)} `))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
