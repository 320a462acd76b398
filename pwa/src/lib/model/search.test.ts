import { expect, it } from 'vitest';
import type { Interlinker } from './documents';
import { entry, find, fold } from './search';

const block = (name: Record<string, string>, more: Partial<Interlinker> = {}) =>
  entry({
    name,
    description: { en: '<p>A plan for data</p>' },
    tags: { en: ['canvas'] },
    profiles: ['A'],
    languages: Object.keys(name),
    difficulty: 'easy',
    kind: 'knowledge',
    ...more,
  } as Interlinker);
const all = [
  block({ en: 'Stakeholders canvas', lv: 'Ieinteresēto pušu kanva' }),
  block({ en: 'Data plan' }, { difficulty: 'medium', profiles: ['B'] }),
];
const names = (words: string, more = {}) => find(all, { words, ...more }).map((one) => one.name.en);

it('finds what was typed without its accents, in any language', () => {
  expect(fold('Pārvaldības')).toBe('parvaldibas');
  expect(names('ieintereseto')).toEqual(['Stakeholders canvas']);
});

it('asks for every word and puts names before the rest', () => {
  expect(names('plan data')).toEqual(['Data plan', 'Stakeholders canvas']);
  expect(names('plan nothing')).toEqual([]);
});

it('does not search in markup', () => {
  expect(names('<p>')).toEqual([]);
});

it('filters by kind, problem, difficulty and language', () => {
  expect(names('', { difficulty: 'medium' })).toEqual(['Data plan']);
  expect(names('', { profile: 'A' })).toEqual(['Stakeholders canvas']);
  expect(names('', { language: 'lv' })).toEqual(['Stakeholders canvas']);
  expect(names('', { kind: 'software' })).toEqual([]);
});
