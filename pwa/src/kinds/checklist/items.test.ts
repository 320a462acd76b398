import { expect, it } from 'vitest';
import { add, change, lines, mostItems, move, remove, restore, sorted } from './items';

let made = 0;
const id = () => `ID${String((made += 1)).padStart(6, '0')}`;
const texts = (items: Parameters<typeof sorted>[0]) => sorted(items).map((item) => item.text);

it('adds one item for each line, at the end', () => {
  const some = add(add([], 'Chairs', id), 'Coffee\n\n  Cups \n', id);
  expect(texts(some)).toEqual(['Chairs', 'Coffee', 'Cups']);
  expect(some.every((item) => item.done === false)).toBe(true);
});

it('reads the points of a text and leaves its headings', () => {
  expect(lines('# Before\n\n- [x] Chairs\n- [ ] Coffee\n\nAnd then:\n1. Cups')).toEqual([
    'Chairs',
    'Coffee',
    'Cups',
  ]);
  expect(lines(' \n\t\n')).toEqual([]);
});

it('takes as many as a list may have, and no line that is too long', () => {
  const many = add([], Array.from({ length: 600 }, (_, n) => `- ${n}${'x'.repeat(600)}`).join('\n'), id);
  expect(many).toHaveLength(mostItems);
  expect(Math.max(...many.map((item) => item.text.length))).toBe(500);
  expect(add(many, 'one more', id)).toHaveLength(mostItems);
});

it('moves one item and writes no other', () => {
  const three = add([], 'a\nb\nc', id);
  const moved = move(three, three[2]!.id, -1);
  expect(texts(moved)).toEqual(['a', 'c', 'b']);
  expect(moved.filter((item, n) => item !== three[n])).toHaveLength(1);
  expect(texts(move(move(moved, three[2]!.id, -1), three[2]!.id, -1))).toEqual(['c', 'a', 'b']);
  expect(texts(move(three, three[0]!.id, 1))).toEqual(['b', 'a', 'c']);
  expect(texts(move(three, three[2]!.id, 1))).toEqual(['a', 'b', 'c']);
  expect(texts(move(three, 'nobody', 1))).toEqual(['a', 'b', 'c']);
});

it('places all anew where two were put at the same place', () => {
  const [one, two] = [add([], 'a\nb', id), add([], 'x\ny', id)];
  const met = [...one, ...two];
  expect(texts(met)).toEqual(['a', 'x', 'b', 'y']);
  expect(texts(move(met, one[1]!.id, -1))).toEqual(['a', 'b', 'x', 'y']);
  expect(texts(move(met, one[0]!.id, 1))).toEqual(['x', 'a', 'b', 'y']);
});

it('changes, removes and puts back one item', () => {
  const two = add([], 'a\nb', id);
  const [first] = two;
  expect(change(two, first!.id, { done: true })[0]).toMatchObject({ text: 'a', done: true });
  const less = remove(two, first!.id);
  expect(texts(less)).toEqual(['b']);
  expect(texts(restore(less, first!))).toEqual(['a', 'b']);
  expect(restore(two, first!)).toEqual(two);
});
