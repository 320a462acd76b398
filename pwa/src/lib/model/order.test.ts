import { expect, it } from 'vitest';
import { between, places } from './order';

const form = /^[A-Za-z][0-9A-Za-z]{1,60}$/;

/** A generator of its own, so that a failure comes again. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}

it('finds a place between any two that have room, wherever one puts the next thing', () => {
  const pick = random(7);
  const list = places(3);
  for (let turn = 0; turn < 2_000; turn += 1) {
    const at = pick(list.length + 1);
    const found = between(list[at - 1], list[at]);
    if (found === undefined) continue; // no room left just there
    expect(found).toMatch(form);
    expect(at === 0 || list[at - 1]! < found).toBe(true);
    expect(at === list.length || found < list[at]!).toBe(true);
    list.splice(at, 0, found);
  }
  expect(list.length).toBeGreaterThan(1_900);
});

it('stays short when things are added one after the other, at either end', () => {
  const list = places(1);
  for (let turn = 0; turn < 2_000; turn += 1) list.push(between(list.at(-1), undefined)!);
  for (let turn = 0; turn < 2_000; turn += 1) list.unshift(between(undefined, list[0])!);
  expect([...list].sort()).toEqual(list);
  expect(Math.max(...list.map((key) => key.length))).toBeLessThanOrEqual(5);
});

it('goes on from what the server numbered', () => {
  expect(between('a0', 'a1')).toBe('a0V');
  expect(between('az', undefined)).toBe('b00');
  expect(between(undefined, 'b00')).toBe('az');
  expect(between('a0', 'a2')).toBe('a1');
});

it('goes before the first place there is, too', () => {
  expect(between(undefined, 'a0')).toBe('Zz');
});

it('says that there is no room between equals, or before what is no key', () => {
  expect(between('a1', 'a1')).toBeUndefined();
  expect(between('a2', 'a1')).toBeUndefined();
  expect(between('a1', 'a10')).toBeUndefined();
});

it('says that there is no room before a key grows too long', () => {
  let [low, high] = ['a0', 'a1'];
  let found: string | undefined;
  for (let turn = 0; turn < 1_000 && (found = between(low, high)); turn += 1) {
    expect(found).toMatch(form);
    if (turn % 2) low = found;
    else high = found;
  }
  expect(found).toBeUndefined();
});

it('numbers a whole list in order, of any length a list may have', () => {
  const all = places(1_000);
  expect(all).toHaveLength(1_000);
  expect([...all].sort()).toEqual(all);
});
