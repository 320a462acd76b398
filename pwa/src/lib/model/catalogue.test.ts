import { expect, it } from 'vitest';
import { address, entries, filtersSet, find, keepOrder, nothing, read } from './catalogue';
import type { Interlinker, Opinions } from './documents';
import { opinionsOf } from './opinions';

const block = (key: string, name: Record<string, string>, more: Partial<Interlinker> = {}) =>
  ({
    _id: `all:interlinker:${key}`,
    name,
    description: { en: '<p>A plan for data</p>' },
    tags: { en: ['canvas'] },
    profiles: ['A'],
    languages: Object.keys(name),
    difficulty: 'easy',
    kind: 'knowledge',
    licence: 'permissive',
    ...more,
  }) as Interlinker;
const opinions = opinionsOf('interlinker', [
  { _id: 'all:opinions:interlinker~plan', count: 40, mean: 4.5 } as Opinions,
  { _id: 'all:opinions:interlinker~canvas', count: 4, mean: 2 } as Opinions,
  { _id: 'all:opinions:schema~tool', count: 4, mean: 5 } as Opinions,
]);
const blocks = [
  block('canvas', { en: 'Stakeholders canvas', lv: 'Ieinteresēto pušu kanva' }),
  block('plan', { en: 'Data plan' }, { difficulty: 'medium', profiles: ['B'] }),
  block('tool', { en: 'Another tool' }, { kind: 'software', licence: 'proprietary' }),
];
const names = (words: string, more = {}, language = 'en') =>
  find(entries(blocks, opinions, language), { ...nothing, words, ...more }, language).map(
    ({ interlinker }) => interlinker.name.en,
  );

it('finds what was typed without its accents, in any language', () => {
  expect(names('ieintereseto')).toEqual(['Stakeholders canvas']);
});

it('asks for every word and puts names before the rest', () => {
  expect(names('plan data')[0]).toBe('Data plan');
  expect(names('plan nothing')).toEqual([]);
});

it('does not search in markup', () => {
  expect(names('<p>')).toEqual([]);
});

it('shows first what one can read, then what people found good', () => {
  expect(names('')).toEqual(['Data plan', 'Another tool', 'Stakeholders canvas']);
  expect(names('', {}, 'lv')[0]).toBe('Stakeholders canvas');
});

it('filters by kind, problem, difficulty, language, licence and stars', () => {
  expect(names('', { difficulty: 'medium' })).toEqual(['Data plan']);
  expect(names('', { profile: 'B' })).toEqual(['Data plan']);
  expect(names('', { language: 'lv' })).toEqual(['Stakeholders canvas']);
  expect(names('', { kind: 'software' })).toEqual(['Another tool']);
  expect(names('', { licence: 'proprietary' })).toEqual(['Another tool']);
  expect(names('', { stars: '4' })).toEqual(['Data plan']);
});

it('writes what was asked into the address and reads it again', () => {
  const asked = { ...nothing, words: 'līgums & plāns', language: 'lv', stars: '3' };
  expect(read(address(asked))).toEqual(asked);
  expect(address(nothing)).toBe('');
  expect(filtersSet(asked)).toBe(2);
});

it('reads nothing out of an address that says nothing we know', () => {
  expect(read('?other=1')).toEqual(nothing);
  expect(read(`?q=${'x'.repeat(5000)}`).words).toHaveLength(200);
});

it('keeps what is on the screen in its place while more arrives', () => {
  const all = entries(blocks, opinions, 'en');
  const ids = (some: typeof all) => some.map(({ interlinker }) => interlinker._id);
  const [canvas, plan, tool] = ids(all) as [string, string, string];
  expect(ids(keepOrder([tool, canvas], all))).toEqual([tool, canvas, plan]);
  expect(ids(keepOrder([], all))).toEqual([canvas, plan, tool]);
  expect(ids(keepOrder(['gone', plan], all))).toEqual([plan, canvas, tool]);
});
