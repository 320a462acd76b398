import { expect, it } from 'vitest';
import { answersTo, asked, KINDS, proposed, reasons, type Answers } from './governance';

/** Every way of answering, unanswered questions too. */
const all = asked.reduce<Answers[]>(
  (ways, question) =>
    ways.flatMap((way) => [way, ...answersTo(question).map((answer) => ({ ...way, [question]: answer }))]),
  [{}],
);

it('proposes nothing before anything is answered, and something after each answer', () => {
  expect(proposed({})).toBeUndefined();
  expect(all.length).toBe(4 * 5 * 5 * 4);
  for (const way of all.slice(1)) expect(KINDS).toContain(proposed(way));
});

it('gives a reason for what it proposes, made of the answers alone', () => {
  for (const way of all.slice(1)) {
    const why = reasons(way, proposed(way)!);
    expect(why.length).toBeGreaterThan(0);
    expect(why.every((question) => way[question])).toBe(true);
  }
});

it.each([
  ['C2C', { begins: 'citizens', works: 'citizens', brings: 'room', answers: 'citizens' }],
  ['C2G', { begins: 'citizens', works: 'helped', brings: 'asks', answers: 'administration' }],
  ['G2C', { begins: 'administration', works: 'platform', brings: 'opens', answers: 'administration' }],
  [
    'G+G',
    { begins: 'administrations', works: 'administrations', brings: 'shares', answers: 'administrations' },
  ],
] as const)('finds %s where all speaks for it', (kind, answers) => {
  expect(proposed(answers)).toBe(kind);
  expect(reasons(answers, kind)).toHaveLength(4);
});

it('lets an answer that it does not know say nothing', () => {
  expect(proposed({ works: 'robots' })).toBeUndefined();
  expect(proposed({ works: 'robots', begins: 'administrations' })).toBe('G+G');
});
