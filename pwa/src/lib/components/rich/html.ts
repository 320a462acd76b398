/** HTML of the catalogue → nodes. A tokenizer of three rules: tags, character references, words. */
import { longest, safeHref, type RichElement, type RichNode, type Tag } from './nodes';

const same: Record<string, Tag> = {
  p: 'p', div: 'p', ul: 'ul', ol: 'ol', li: 'li', strong: 'strong', b: 'strong', em: 'em', i: 'em', a: 'a',
  h1: 'h3', h2: 'h3', h3: 'h3', h4: 'h4', h5: 'h4', h6: 'h4', br: 'br', code: 'code', pre: 'pre', blockquote: 'blockquote',
}; // prettier-ignore
/** Elements whose words are not for reading. */
const silent = new Set([
  'script',
  'style',
  'template',
  'iframe',
  'object',
  'svg',
  'math',
  'title',
  'textarea',
]);
const named: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', rsquo: '’', lsquo: '‘',
  ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•', euro: '€',
}; // prettier-ignore
const token = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g;
const deepest = 12;

export function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g,
    (whole, decimal, hex, name) => {
      if (name) return named[name as string] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

export function parseHtml(source: string): RichNode[] {
  const text = source.slice(0, longest);
  const root: RichElement = { tag: 'p', children: [] };
  const open: RichElement[] = [root];
  let unheard: string | undefined;
  let from = 0;
  const top = () => open[open.length - 1] ?? root;
  const say = (words: string) => {
    if (words && unheard === undefined) top().children.push(decode(words));
  };
  for (const match of text.matchAll(token)) {
    say(text.slice(from, match.index));
    from = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === undefined) continue;
    if (unheard !== undefined) {
      if (match[1] && name === unheard) unheard = undefined;
      continue;
    }
    if (silent.has(name)) {
      if (!match[1]) unheard = name;
      continue;
    }
    const tag = same[name];
    if (!tag) continue;
    if (match[1]) close(open, tag);
    else begin(open, tag, match[3] ?? '');
  }
  say(text.slice(from));
  return root.children;
}

function begin(open: RichElement[], tag: Tag, attributes: string): void {
  if (tag === 'li' || tag === 'p') close(open, tag, true);
  const parent = open[open.length - 1];
  if (!parent || open.length > deepest) return;
  const element: RichElement = { tag, children: [] };
  if (tag === 'a') {
    const found = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes);
    element.href = safeHref(decode(found?.[1] ?? found?.[2] ?? found?.[3] ?? ''));
  }
  parent.children.push(element);
  if (tag !== 'br') open.push(element);
}

/** Closes the nearest open element of that tag and what was left open in it; `near`: only if nothing nests it. */
function close(open: RichElement[], tag: Tag, near = false): void {
  const at = open.findLastIndex((element, index) => index > 0 && element.tag === tag);
  if (at < 1) return;
  if (near && open.slice(at).some(({ tag: inner }) => inner === 'ul' || inner === 'ol')) return;
  open.length = at;
}
