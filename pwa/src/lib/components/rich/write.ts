/** Nodes → a page of HTML for a file: what stands on the screen, to be opened or printed anywhere. Every word is escaped. */
import type { RichNode } from './nodes';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (words: string) => words.replace(/[&<>"]/g, (sign) => signs[sign] ?? '');

export function writeNodes(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escaped(node);
      if (node.tag === 'br') return '<br>';
      const within = writeNodes(node.children);
      if (node.tag !== 'a') return `<${node.tag}>${within}</${node.tag}>`;
      return node.href ? `<a href="${escaped(node.href)}">${within}</a>` : within;
    })
    .join('');
}

export function writePage(title: string, lang: string, nodes: readonly RichNode[]): string {
  return `<!doctype html>
<html lang="${escaped(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.5 sans-serif}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${writeNodes(nodes)}
</body>
</html>
`;
}
