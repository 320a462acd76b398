import { describe, expect, it } from 'vitest';
import type { Approval, Assignment, Credit, TeamDocument } from './documents';
import { askedAbout, askedNames, assignedToMe, creditsAbout, isForMe, minutesOf } from './work';

const team = (id: string, name: string, ...members: string[]) =>
  ({ _id: `all:team:${id}`, name: { en: name }, members }) as unknown as TeamDocument;
const teams = [team('readers', 'Readers', 'ilze'), team('office', 'Office', 'janis')];
const view = {
  standing: { member: 'ilze', administrator: false, teams, grants: [] },
  teams: new Map(teams.map((one) => [one._id.split(':')[2]!, one])),
  members: new Map([['janis', { name: 'Jānis' } as never]]),
};
const asked = (key: string, more: Partial<Assignment> = {}) =>
  ({ _id: `task:assignment:${key}`, about: 'task', people: [], teams: [], ...more }) as Assignment;

describe('what I am asked to do', () => {
  it('is asked of me by name or in one of my teams', () => {
    expect(isForMe(view, asked('A', { people: ['ilze'] }))).toBe(true);
    expect(isForMe(view, asked('A', { teams: ['readers'] }))).toBe(true);
    expect(isForMe(view, asked('A', { people: ['janis'], teams: ['office'] }))).toBe(false);
    expect(isForMe({ standing: { ...view.standing, member: undefined } }, asked('A'))).toBe(false);
  });

  it('waits until it is done or withdrawn, the nearest day first', () => {
    const mine = { people: ['ilze'] };
    const all = [
      asked('A', mine),
      asked('B', { ...mine, due: '2026-12-24' }),
      asked('C', { ...mine, due: '2026-12-01', state: 'open' }),
      asked('D', { ...mine, state: 'done' }),
      asked('E', { ...mine, state: 'withdrawn' }),
      asked('F', { people: ['janis'] }),
    ];
    expect(assignedToMe(view, all).map(({ _id }) => _id.at(-1))).toEqual(['C', 'B', 'A']);
  });

  it('names people and teams, me as myself, and nobody whose name is not here', () => {
    const words = { language: 'en', you: 'you', somebody: 'somebody' };
    const whom = { people: ['ilze', 'janis', 'gone'], teams: ['office', 'left'] };
    expect(askedNames(view, whom, words)).toEqual(['you', 'Jānis', 'somebody', 'Office', 'somebody']);
  });
});

it('shows what is open before what is done and what was withdrawn', () => {
  const all = [
    asked('A', { state: 'withdrawn' }),
    asked('B', { state: 'done' }),
    asked('C'),
    asked('D', { about: 'x' }),
  ];
  expect(askedAbout('task', all).map(({ _id }) => _id.at(-1))).toEqual(['C', 'B', 'A']);
});

it('is approved when one administrator says so, whatever another answers', () => {
  const credit = (key: string) => ({ _id: `task:credit:${key}`, about: 'task', part: 'making' }) as Credit;
  const answer = (key: string, approved: boolean) => ({ about: `task:credit:${key}`, approved }) as Approval;
  const found = creditsAbout(
    'task',
    [credit('B'), credit('A')],
    [answer('A', false), answer('A', true), answer('X', true)],
  );
  expect(
    found.map(({ credit: { _id }, approved, answers }) => [_id.at(-1), approved, answers.length]),
  ).toEqual([
    ['A', true, 2],
    ['B', false, 0],
  ]);
});

it('takes whole minutes and nothing else for a time', () => {
  expect(['', ' 90 ', '1', '60000'].map(minutesOf)).toEqual([undefined, 90, 1, 60_000]);
  for (const wrong of ['0', '-5', '1.5', 'an hour', '60001']) expect(minutesOf(wrong)).toBeNull();
});
