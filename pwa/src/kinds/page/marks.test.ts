import { describe, expect, it } from 'vitest';
import { mark, nextLine, type Edit, type Mark } from './marks';

/** The text with its selection: `a|b|c` has «b» selected, `a|bc` has the caret after «a». */
function read(shown: string): [string, number, number] {
  const start = shown.indexOf('|');
  const second = shown.indexOf('|', start + 1);
  return [shown.replaceAll('|', ''), start, second < 0 ? start : second - 1];
}
function show(text: string, { from, to, insert, start, end }: Edit): string {
  const after = text.slice(0, from) + insert + text.slice(to);
  return start === end
    ? `${after.slice(0, start)}|${after.slice(start)}`
    : `${after.slice(0, start)}|${after.slice(start, end)}|${after.slice(end)}`;
}
const press = (shown: string, which: Mark) => {
  const [text, start, end] = read(shown);
  return show(text, mark(text, start, end, which));
};
const enter = (shown: string) => {
  const [text, at] = read(shown);
  const edit = nextLine(text, at);
  return edit && show(text, edit);
};

describe('the toolbar', () => {
  it('makes words strong, and takes it back', () => {
    expect(press('Say |what| now', 'strong')).toBe('Say **|what|** now');
    expect(press('Say **|what|** now', 'strong')).toBe('Say |what| now');
    expect(press('Say |what |now', 'em')).toBe('Say *|what|* now');
    expect(press('|', 'strong')).toBe('**|**');
  });

  it('makes lines a list, numbers or a heading, and takes it back', () => {
    expect(press('one\n|two\nth|ree', 'list')).toBe('one\n- two\n- three|');
    expect(press('|- two\n- three|', 'list')).toBe('two\nthree|');
    expect(press('|- two\n- three|', 'numbers')).toBe('1. two\n2. three|');
    expect(press('Ti|tle', 'heading')).toBe('## Title|');
    expect(press('|', 'list')).toBe('- |');
    expect(press('|one\n\ntwo|', 'numbers')).toBe('1. one\n\n2. two|');
  });

  it('makes a link of words or of an address, and stands where something is missing', () => {
    expect(press('see |here|', 'link')).toBe('see [here](https://|)');
    expect(press('see |https://example.org|', 'link')).toBe('see [|](https://example.org)');
  });
});

describe('Enter', () => {
  it('goes on with a list', () => {
    expect(enter('- one|')).toBe('- one\n- |');
    expect(enter('9. one|')).toBe('9. one\n10. |');
    expect(enter('- [x] one|')).toBe('- [x] one\n- [ ] |');
  });
  it('ends a list at an empty point', () => {
    expect(enter('- one\n- |')).toBe('- one\n|');
  });
  it('is only Enter elsewhere', () => {
    expect(enter('one|')).toBeUndefined();
    expect(enter('|- one')).toBeUndefined();
  });
});
