/** The Markdown of instructions → nodes: headings, paragraphs, lists, quotes, code, emphasis, links. Nothing else. */
import { decode } from './html';
import { longest, safeHref, type RichElement, type RichNode } from './nodes';

const item = /^\s{0,3}(?:[-*+]|(\d{1,3})[.)])\s+(.*)$/;
const heading = /^\s{0,3}(#{1,6})\s+(.*?)#*\s*$/;
const inlineMark =
  /!\[([^\]]{0,300})\]\([^)\s]{0,2000}[^)]{0,300}\)|\[([^\]]{1,500})\]\(\s*<?([^)\s>]{1,2000})>?[^)]{0,300}\)|<?(https?:\/\/[^\s<>()]{1,2000}[^\s<>().,;:!?'"])>?|\*\*(\S[^*]{0,2000}?)\*\*|__(\S[^_]{0,2000}?)__|\*(\S[^*]{0,2000}?)\*|`([^`]{1,2000})`/g;

/** `breaks`: a new line stays one, as people who know no Markdown mean it. */
export function parseMarkdown(source: string, breaks = false): RichNode[] {
  const lines = source.slice(0, longest).replace(/\r\n?/g, '\n').split('\n');
  const blocks: RichElement[] = [];
  let paragraph: string[] = [];
  let list: RichElement | undefined;
  let code: string[] | undefined;

  const endParagraph = () => {
    if (paragraph.length > 0)
      blocks.push({ tag: 'p', children: breaks ? broken(paragraph) : inline(paragraph.join(' ')) });
    paragraph = [];
  };
  const endAll = () => {
    endParagraph();
    list = undefined;
  };
  for (const line of lines) {
    if (/^\s{0,3}```/.test(line)) {
      if (code) blocks.push({ tag: 'pre', children: [code.join('\n')] });
      else endAll();
      code = code ? undefined : [];
      continue;
    }
    if (code) {
      code.push(line);
      continue;
    }
    const head = heading.exec(line);
    const point = item.exec(line);
    if (head) {
      endAll();
      blocks.push({ tag: (head[1] ?? '').length > 2 ? 'h4' : 'h3', children: inline(head[2] ?? '') });
    } else if (point) {
      endParagraph();
      const tag = point[1] ? 'ol' : 'ul';
      if (list?.tag !== tag) blocks.push((list = { tag, children: [] }));
      list.children.push({ tag: 'li', children: inline(point[2] ?? '') });
    } else if (/^\s*$/.test(line)) {
      endParagraph();
    } else if (/^\s{0,3}(?:[-*_]\s*){3,}$/.test(line)) {
      endAll();
    } else if (line.startsWith('>')) {
      endAll();
      blocks.push({ tag: 'blockquote', children: inline(line.replace(/^>\s?/, '')) });
    } else if (list && /^\s{2,}\S/.test(line)) {
      const last = list.children.at(-1);
      if (last && typeof last !== 'string') last.children.push(' ', ...inline(line.trim()));
    } else {
      list = undefined;
      paragraph.push(line.trim());
    }
  }
  if (code) blocks.push({ tag: 'pre', children: [code.join('\n')] });
  endAll();
  return blocks;
}

const lineEnd: RichElement = { tag: 'br', children: [] };

const broken = (lines: readonly string[]): RichNode[] =>
  lines.flatMap((line, n) => [...(n > 0 ? [lineEnd] : []), ...inline(line)]);

function inline(text: string, depth = 0): RichNode[] {
  const nodes: RichNode[] = [];
  let from = 0;
  const words = (part: string) => decode(part.replace(/<\/?[a-zA-Z][^>]{0,500}>/g, ''));
  for (const match of text.matchAll(inlineMark)) {
    const before = text.slice(from, match.index);
    if (before) nodes.push(words(before));
    from = match.index + match[0].length;
    const [, , label, target, address, strong, strong2, em, code] = match;
    const within = (part: string): RichNode[] => (depth < 4 ? inline(part, depth + 1) : [words(part)]);
    if (label !== undefined) nodes.push({ tag: 'a', href: safeHref(target ?? ''), children: within(label) });
    else if (address) nodes.push({ tag: 'a', href: safeHref(address), children: [address] });
    else if (strong ?? strong2) nodes.push({ tag: 'strong', children: within(strong ?? strong2 ?? '') });
    else if (em) nodes.push({ tag: 'em', children: within(em) });
    else if (code) nodes.push({ tag: 'code', children: [code] });
  }
  const rest = text.slice(from);
  if (rest) nodes.push(words(rest));
  return nodes;
}
