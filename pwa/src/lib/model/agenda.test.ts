import { describe, expect, it } from 'vitest';
import { agendaOf } from './agenda';
import { dayOf, endOfWeek, plus, spanAround, spanOf } from './days';
import { buildTree, type TreeDocument } from './tree';

const head = { v: 1, lang: 'en', author: 'a', by: 'a', device: 'd', at: '2026-01-01T00:00:00Z' };
const item = (type: string, id: string, parent: string, more = {}) =>
  ({ ...head, _id: `all:${type}:${id}`, type, parent, order: id, name: { en: id }, ...more }) as TreeDocument;
const treeOf = (...tasks: [string, object][]) =>
  buildTree([
    item('phase', 'p', 'process'),
    item('objective', 'o', 'p'),
    ...tasks.map(([id, more]) => item('task', id, 'o', more)),
  ]);
const ids = (nodes: readonly { id: string }[]) => nodes.map((node) => node.id).join(' ');

describe('the agenda', () => {
  const today = '2026-11-24'; // a Tuesday
  const agenda = agendaOf(
    treeOf(
      ['late', { due: '2026-11-23', status: 'in_progress' }],
      ['today', { due: today }],
      ['sunday', { due: '2026-11-29' }],
      ['monday', { due: '2026-11-30' }],
      ['next-year', { due: '2027-02-01' }],
      ['begins', { start: '2026-11-27' }],
      ['began', { start: '2026-10-01' }],
      ['someday', {}],
      ['done', { due: '2026-11-01', status: 'finished' }],
    ),
    today,
  );

  it('calls late only what was due before today, never what is due today', () => {
    expect(ids(agenda.overdue)).toBe('late');
  });
  it('ends the week on Sunday; what has a beginning alone stands at its beginning, and is never late', () => {
    expect(ids(agenda.week)).toBe('began today begins sunday');
  });
  it('gathers what comes later by month', () => {
    expect(agenda.later.map(({ month, tasks }) => [month, ids(tasks)])).toEqual([
      ['2026-11', 'monday'],
      ['2027-02', 'next-year'],
    ]);
  });
  it('keeps what has no date and what is done apart', () => {
    expect([ids(agenda.undated), ids(agenda.finished)]).toEqual(['someday', 'done']);
  });
});

describe('days', () => {
  it.each([
    ['2026-11-23', '2026-11-29'],
    ['2026-11-29', '2026-11-29'],
    ['2026-12-31', '2027-01-03'],
    ['1969-12-29', '1970-01-04'],
  ])('the week of %s ends on %s', (day, end) => expect(endOfWeek(day)).toBe(end));

  it('counts across a change of the clocks and a leap day', () => {
    expect(plus('2026-03-28', 2)).toBe('2026-03-30');
    expect(plus('2028-02-28', 2)).toBe('2028-03-01');
  });
  it('is the day on the wall, also shortly before midnight', () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
  it('puts days the wrong way round right, and lets what is no day be', () => {
    expect(spanOf({ start: '2026-03-02', due: '2026-03-01' })).toEqual({
      start: '2026-03-01',
      due: '2026-03-02',
    });
    expect(spanOf({ due: 'soon' })).toBeUndefined();
    expect(spanAround([{ due: '2026-05-01' }, { start: '2026-01-01' }, {}])).toEqual({
      start: '2026-01-01',
      due: '2026-05-01',
    });
  });
});
