import { expect, it } from 'vitest';
import type { Interlinker } from './documents';
import { recommend } from './recommend';

const block = (id: string, profiles: string[], more: Partial<Interlinker> = {}) =>
  ({ _id: id, profiles, languages: ['en'], difficulty: 'easy', ...more }) as Interlinker;

it('puts what shares most problems first and says which', () => {
  const found = recommend(
    ['A', 'B'],
    [block('one', ['A']), block('two', ['B', 'A']), block('none', ['C'])],
    'en',
  );
  expect(found.map(({ interlinker, shared }) => [interlinker._id, shared])).toEqual([
    ['two', ['B', 'A']],
    ['one', ['A']],
  ]);
});

it('prefers what the person can read, then what is easy, and shows few', () => {
  const blocks = [
    block('hard', ['A'], { difficulty: 'difficult', languages: ['lv'] }),
    block('english', ['A']),
    block('latvian', ['A'], { languages: ['lv'] }),
    block('more', ['A']),
  ];
  expect(recommend(['A'], blocks, 'lv').map(({ interlinker }) => interlinker._id)).toEqual([
    'latvian',
    'hard',
    'english',
  ]);
});
