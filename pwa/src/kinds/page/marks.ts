/** What the small toolbar does to a text: Markdown for who does not know any. Pure: a selection goes in, an edit comes out. */

/** Put `insert` in place of what stands from `from` to `to`, then select from `start` to `end`. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  start: number;
  end: number;
}

export type Mark = 'strong' | 'em' | 'heading' | 'list' | 'numbers' | 'link';

const begins = {
  heading: { one: () => '## ', any: /^#{1,6}\s+/ },
  list: { one: () => '- ', any: /^[-*+]\s+/ },
  numbers: { one: (n: number) => `${n + 1}. `, any: /^\d{1,3}[.)]\s+/ },
} as const;

/** What pressing a button makes of the selection from `start` to `end`; pressed again it takes the mark away. */
export function mark(text: string, start: number, end: number, which: Mark): Edit {
  if (which === 'strong') return around(text, start, end, '**');
  if (which === 'em') return around(text, start, end, '*');
  if (which === 'link') return link(text, start, end);
  return lines(text, start, end, which);
}

function around(text: string, start: number, end: number, sign: string): Edit {
  const { length } = sign;
  // The spaces at the ends stay outside: «**word **» is no mark.
  const chosen = text.slice(start, end);
  const [from, to] = chosen.trim()
    ? [start + chosen.length - chosen.trimStart().length, end - (chosen.length - chosen.trimEnd().length)]
    : [start, end];
  const words = text.slice(from, to);
  const marked = text.slice(from - length, from) === sign && text.slice(to, to + length) === sign;
  if (marked && from >= length)
    return {
      ...{ from: from - length, to: to + length, insert: words },
      ...{ start: from - length, end: to - length },
    };
  return { from, to, insert: sign + words + sign, start: from + length, end: to + length };
}

function link(text: string, start: number, end: number): Edit {
  const words = text.slice(start, end);
  const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(words.trim());
  const insert = isAddress ? `[](${words.trim()})` : `[${words}](https://)`;
  // The caret stands where something is still to be written.
  const at = isAddress ? start + 1 : start + insert.length - 1;
  return { from: start, to: end, insert, start: at, end: at };
}

function lines(text: string, start: number, end: number, which: keyof typeof begins): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const after = text.indexOf('\n', end);
  const to = after < 0 ? text.length : after;
  const { one, any } = begins[which];
  const before = text.slice(from, to).split('\n');
  const all = before.every((line) => any.test(line) || (!line.trim() && before.length > 1));
  const bare = (line: string) =>
    Object.values(begins).reduce((rest, { any: other }) => rest.replace(other, ''), line);
  let counted = 0;
  const insert = before
    .map((line) => (!line.trim() && before.length > 1 ? line : (all ? '' : one(counted++)) + bare(line)))
    .join('\n');
  return { from, to, insert, start: from + insert.length, end: from + insert.length };
}

/** What «Enter» does within a list: the next point begins by itself, an empty one ends the list. Undefined elsewhere. */
export function nextLine(text: string, at: number): Edit | undefined {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const found = /^(\s{0,3})(?:([-*+])|(\d{1,3})([.)]))\s+(\[[ xX]\]\s+)?(.*)$/.exec(text.slice(from, at));
  if (!found) return undefined;
  const [, indent = '', bullet, digits, dot, box, words] = found;
  if (!words?.trim()) return { from, to: at, insert: '', start: from, end: from };
  const sign = bullet ?? `${Number(digits) + 1}${dot}`;
  const insert = `\n${indent}${sign} ${box ? '[ ] ' : ''}`;
  return { from: at, to: at, insert, start: at + insert.length, end: at + insert.length };
}
