import { expect, it } from 'vitest';
import type { Objective, Phase, Task } from './documents';
import { most, patternOf } from './ownSchema';
import { buildTree } from './tree';

const common = { v: 1, lang: 'en', author: 'ME', by: 'ME', device: 'phone', at: '2026-11-21T12:00:00Z' };
const item = (type: string, id: string, parent: string, more: object = {}) => ({
  ...common,
  _id: `all:${type}:${id}`,
  type,
  parent,
  order: 'a0',
  name: { en: id, lv: `${id} (lv)` },
  ...more,
});
const phase = (id: string, more = {}) => item('phase', id, 'p', more) as Phase;
const objective = (id: string, parent: string, more = {}) => item('objective', id, parent, more) as Objective;
const task = (id: string, parent: string, more = {}) => item('task', id, parent, more) as Task;
const begun = [
  phase('ONE', { codelivery: true, key: 'agree' }),
  objective('AIM', 'ONE'),
  task('ASK', 'AIM', {
    ...{ key: 'ask', status: 'finished', teams: ['T1'], due: '2026-12-01', profiles: ['need'] },
    description: { en: 'Ask <them>.' },
  }),
  task('CHOOSE', 'AIM', { key: 'ask', order: 'a1', after: ['ASK', 'ELSEWHERE'] }),
  task('GONE', 'AIM', { disabled: true }),
];

it('takes what others can use and leaves people, dates and what was done', () => {
  const { phases, languages, tasks, wrong } = patternOf(buildTree(begun));
  expect(wrong).toBeUndefined();
  expect(languages).toEqual(['en', 'lv']);
  expect(tasks).toBe(2);
  const [first, second] = phases[0]?.objectives[0]?.tasks ?? [];
  expect(phases[0]).toMatchObject({ key: 'agree', codelivery: true });
  expect(first).toEqual({
    ...{ key: 'ask', name: { en: 'ASK', lv: 'ASK (lv)' }, description: { en: 'Ask <them>.' } },
    ...{ after: [], profiles: ['need'] },
  });
  expect(second).toMatchObject({ key: 'CHOOSE', after: ['ask'] });
  expect(JSON.stringify(phases)).not.toMatch(/T1|finished|2026-12|"ME"|GONE/);
});

it('names only the languages that every part of it speaks', () => {
  const items = [...begun, task('ODD', 'AIM', { name: { en: 'Odd' } })];
  expect(patternOf(buildTree(items)).languages).toEqual(['en']);
});

it('says of a tree without parts, of one that waits in a circle and of a huge one that nobody could begin with it', () => {
  expect(patternOf(buildTree([])).wrong).toBe('empty');
  const circle = [
    ...begun.slice(0, 2),
    task('A', 'AIM', { after: ['B'] }),
    task('B', 'AIM', { after: ['A'] }),
  ];
  expect(patternOf(buildTree(circle)).wrong).toBe('circle');
  const many = Array.from({ length: most.tasks + 1 }, (_, n) => task(`T${n}`, 'AIM'));
  expect(patternOf(buildTree([...begun.slice(0, 2), ...many])).wrong).toBe('large');
});
