import { describe, expect, it } from 'vitest';
import { plus } from './days';
import { ganttOf, zoomFor } from './gantt';
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
const TODAY = '2026-11-24';
const ROW = 36;

const small = treeOf(
  ['a', { start: '2026-11-02', due: '2026-11-15', status: 'finished' }],
  ['b', { start: '2026-11-16', due: '2026-12-06', status: 'in_progress', after: ['a'] }],
  ['c', { start: '2026-12-07', due: '2026-12-20', after: ['b', 'someday', 'elsewhere'] }],
  ['someday', {}],
);

describe('the timeline', () => {
  const gantt = ganttOf(small, TODAY, 'week', ROW, 32);
  const bar = (id: string) => gantt.bars.find((one) => one.id === id)!;

  it('gives a phase the days of what hangs on it, and a row only to what has a day', () => {
    expect(gantt.bars.map((one) => one.id)).toEqual(['p', 'a', 'b', 'c']);
    expect(bar('p').span).toEqual({ start: '2026-11-02', due: '2026-12-20' });
    expect(gantt.undated).toBe(1);
  });
  it('lets a bar end where the next day begins: two that follow one another touch', () => {
    expect(bar('a').x + bar('a').width).toBeCloseTo(bar('b').x);
    expect(bar('a').width).toBeCloseTo(bar('c').width);
  });
  it('puts today inside what is under way, as far along as its time has gone', () => {
    const { x, width, share } = bar('b');
    expect(gantt.today).toBeGreaterThan(x);
    expect(gantt.today).toBeLessThan(x + width);
    expect(share).toBeCloseTo(8 / 21);
  });
  it('draws an arrow from each thing that comes first and is drawn, to the middle of the row that waits', () => {
    expect(gantt.arrows.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(gantt.arrows[0]!.path).toContain(`V${32 + 2.5 * ROW}H`);
  });
  it('marks every Monday, and says the month where one begins', () => {
    expect(gantt.ticks.slice(0, 3).map((tick) => [tick.day, tick.first])).toEqual([
      ['2026-10-26', true],
      ['2026-11-02', true],
      ['2026-11-09', false],
    ]);
  });
});

describe('a long plan', () => {
  const twenty = treeOf(
    ...Array.from({ length: 109 }, (_, n): [string, object] => {
      const start = plus('2026-01-01', n * 67);
      return [`t${String(n).padStart(3, '0')}`, { start, due: plus(start, 60) }];
    }),
  );
  it('of 109 tasks over twenty years opens by quarters, with every task a bar to hit', () => {
    expect(zoomFor(twenty, TODAY)).toBe('quarter');
    const gantt = ganttOf(twenty, TODAY, 'quarter', ROW, 32);
    expect(gantt.bars).toHaveLength(110);
    expect(Math.min(...gantt.bars.map((bar) => bar.width))).toBeGreaterThanOrEqual(14);
    expect(gantt.ticks.length).toBeLessThan(85);
  });
  it('stays as wide as it can be drawn when somebody dates a task in the year 9999', () => {
    const gantt = ganttOf(
      treeOf(['far', { due: '9999-12-31' }], ['old', { due: '0001-01-01' }]),
      TODAY,
      'week',
      ROW,
      32,
    );
    expect(gantt.width).toBeLessThan(110_000);
    for (const bar of gantt.bars) {
      expect(bar.x).toBeGreaterThanOrEqual(0);
      expect(bar.x + bar.width).toBeLessThanOrEqual(gantt.width + 0.001);
    }
  });
  it('marks months by their first day, and quarters by theirs', () => {
    const months = ganttOf(small, TODAY, 'month', ROW, 32).ticks.map((tick) => tick.day);
    expect(months).toEqual(['2026-11-01', '2026-12-01', '2027-01-01']);
    const quarters = ganttOf(small, TODAY, 'quarter', ROW, 32).ticks.map((tick) => tick.day);
    expect(quarters).toEqual(['2027-01-01']);
  });
});
