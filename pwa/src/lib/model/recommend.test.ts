import { expect, it } from 'vitest';
import type { Interlinker, Opinions } from './documents';
import { recommend, timesUsed } from './recommend';

const block = (key: string, profiles: string[], more: Partial<Interlinker> = {}) =>
  ({
    _id: `all:interlinker:${key}`,
    profiles,
    languages: ['en'],
    difficulty: 'easy',
    ...more,
  }) as Interlinker;
const keys = (found: { interlinker: Interlinker }[]) =>
  found.map(({ interlinker }) => interlinker._id.split(':')[2]);
const said = (mean: number, count: number) => ({ mean, count }) as Opinions;

it('puts what shares most problems first and says which', () => {
  const found = recommend(
    ['A', 'B'],
    [block('one', ['A']), block('two', ['B', 'A']), block('none', ['C'])],
    'en',
  );
  expect(keys(found)).toEqual(['two', 'one']);
  expect(found[0]?.shared.toSorted()).toEqual(['A', 'B']);
});

it('takes a problem that few answer for a stronger reason than one that all answer', () => {
  const everywhere = ['p', 'q', 'r', 's'].map((key) => block(key, ['common']));
  const found = recommend(['common', 'rare'], [...everywhere, block('rare', ['rare'])], 'en');
  expect(keys(found)[0]).toBe('rare');
  expect(found[0]?.reasons[0]).toEqual({ because: 'answers', profiles: ['rare'] });
});

it('prefers what the person can read, then what is easy, and shows few', () => {
  const blocks = [
    block('hard', ['A'], { difficulty: 'difficult', languages: ['lv'] }),
    block('english', ['A']),
    block('latvian', ['A'], { languages: ['lv'] }),
    block('more', ['A']),
  ];
  expect(keys(recommend(['A'], blocks, 'lv'))).toEqual(['latvian', 'hard', 'english']);
});

it('prefers what was used here before and what people found good, and says so', () => {
  const blocks = ['new', 'loved', 'known'].map((key) => block(key, ['A']));
  const opinions = new Map([
    ['loved', said(4.8, 40)],
    ['new', said(1.5, 40)],
  ]);
  const used = timesUsed([{ made_from: 'known' }, {}, { made_from: 'known' }, { made_from: null }]);
  const found = recommend(['A'], blocks, 'en', 3, { opinions, used });
  expect(keys(found)).toEqual(['known', 'loved', 'new']);
  expect(found.map(({ reasons }) => reasons.map(({ because }) => because))).toEqual([
    ['answers', 'used'],
    ['answers', 'rated'],
    ['answers'],
  ]);
});

it('does not take one enthusiast for forty people', () => {
  const opinions = new Map([
    ['enthusiast', said(5, 1)],
    ['forty', said(4.6, 40)],
  ]);
  const found = recommend(['A'], [block('enthusiast', ['A']), block('forty', ['A'])], 'en', 3, { opinions });
  expect(keys(found)).toEqual(['forty', 'enthusiast']);
});

it('never brings in what does not fit, however good it is', () => {
  const blocks = [block('fits', ['A']), block('loved', ['B'], { template: { kind: 'page', text: {} } })];
  const known = { opinions: new Map([['loved', said(5, 900)]]), used: new Map([['loved', 9]]) };
  expect(keys(recommend(['A'], blocks, 'en', 3, known))).toEqual(['fits']);
});
