import { expect, it } from 'vitest';
import { apply } from './apply';

const of = (...ids: string[]) => ids.map((_id) => ({ _id, text: _id }));
const ids = (list: readonly { _id: string }[]) => list.map((one) => one._id).join('');

it('keeps the very same list when nothing came and nothing went, so that nothing is drawn again', () => {
  const before = of('a', 'b');
  expect(apply(before, { documents: [], gone: [] })).toBe(before);
});

it('puts what is newer behind, what was said late in its place, and what was changed where it stood', () => {
  expect(ids(apply(of('a', 'b'), { documents: of('c', 'd'), gone: [] }))).toBe('abcd');
  expect(ids(apply(of('a', 'd'), { documents: of('b'), gone: [] }))).toBe('abd');
  const changed = apply(of('a', 'b', 'c'), { documents: [{ _id: 'b', text: 'other' }], gone: [] });
  expect(changed.map((one) => one.text)).toEqual(['a', 'other', 'c']);
});

it('takes out what went, also when something came with it', () => {
  expect(ids(apply(of('a', 'b', 'c'), { documents: of('d'), gone: ['b', 'never-here'] }))).toBe('acd');
});

it('keeps every other document as it was, so that only what changed is drawn', () => {
  const before = of('a', 'b');
  const after = apply(before, { documents: [{ _id: 'b', text: 'other' }], gone: [] });
  expect(after[0]).toBe(before[0]);
});
