import { expect, it } from 'vitest';
import { placing } from './siblings';

const form = /^[A-Za-z][0-9A-Za-z]{1,60}$/;

/** The ids in the order that a device shows after these places were written. */
function after(siblings: { id: string; order: string }[], id: string, at: number) {
  const others = siblings.filter((one) => one.id !== id);
  const placed = placing(others, id, at);
  for (const order of placed.values()) expect(order).toMatch(form);
  return [...others, { id, order: '' }]
    .map((one) => ({ ...one, order: placed.get(one.id) ?? one.order }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1));
}
const ids = (list: { id: string }[]) => list.map((one) => one.id).join('');
const abc = [
  { id: 'A', order: 'a0' },
  { id: 'B', order: 'a1' },
  { id: 'C', order: 'a2' },
];

it('one item is written when one is moved: first, last, between', () => {
  expect(ids(after(abc, 'C', 0))).toBe('CAB');
  expect(ids(after(abc, 'A', 2))).toBe('BCA');
  expect(ids(after(abc, 'A', 1))).toBe('BAC');
  for (const at of [0, 1, 2, 3]) expect(placing(abc, 'new', at).size).toBe(1);
});

it('two that were given the same place apart are parted when something goes between them', () => {
  const twins = [abc[0]!, { id: 'B', order: 'a0' }, abc[2]!];
  expect(ids(after(twins, 'C', 1))).toBe('ACB');
});

it('orders of another form, and ones grown too long, are numbered anew', () => {
  const odd = [
    { id: 'A', order: 'a00' },
    { id: 'B', order: `a1${'V'.repeat(58)}1` },
    { id: 'C', order: `a1${'V'.repeat(58)}2` },
  ];
  expect(ids(after(odd, 'D', 0))).toBe('DABC');
  expect(ids(after(odd, 'D', 2))).toBe('ABDC');
});

it('a list that is shuffled a thousand times stays the list that people made', () => {
  let list = abc.map((one) => ({ ...one }));
  const wanted = ['A', 'B', 'C'];
  for (let turn = 0; turn < 1_000; turn += 1) {
    const id = wanted[(turn * 7) % 3]!;
    const at = (turn * 5) % 3;
    list = after(list, id, at);
    wanted.splice(wanted.indexOf(id), 1);
    wanted.splice(at, 0, id);
    expect(ids(list)).toBe(wanted.join(''));
  }
});
