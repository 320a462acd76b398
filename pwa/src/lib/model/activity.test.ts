import { describe, expect, it } from 'vitest';
import type { Head } from './head';
import { deedsOf, fits, grouped, isAhead, madeAt } from './activity';
import { freshOf } from './fresh';
import { closed, opened, visitsFrom } from './visit';

// ULIDs made on 2026-11-20 at 09:00 and 10:00 UTC.
const NINE = '01M7W2Y7M0';
const TEN = '01M7W6C380';
const rest = 'AAAAAAAAAAAAAAAA';
const nine = '2026-11-20T09:00:00.000Z';
const ten = '2026-11-20T10:00:00.000Z';
const head = (id: string, more: Partial<Head> = {}): Head => {
  const author = more.author ?? 'anna';
  return { _id: id, type: id.split(':')[1]!, author, by: author, at: nine, turn: 1, ...more };
};
const byDay = (at: string) => at.slice(0, 10);

describe('what happened', () => {
  it('reads the moment a thing was made from its key', () => {
    expect(madeAt(NINE + rest)).toBe(nine);
    expect(madeAt(TEN + rest)).toBe(ten);
    expect(madeAt('not-a-ulid')).toBeUndefined();
  });

  it('tells who made something and who changed it later, the newest first', () => {
    const page = head(`task:page:${NINE}${rest}`, { at: ten, turn: 2, by: 'ilze' });
    expect(deedsOf([page]).map(({ verb, who, at }) => [verb, who, at])).toEqual([
      ['changed', 'ilze', ten],
      ['added', 'anna', nine],
    ]);
  });

  it('does not call what was corrected at once a change', () => {
    const said = head(`task:contribution:${NINE}${rest}`, { at: '2026-11-20T09:00:30.000Z', turn: 2 });
    expect(deedsOf([said]).map((deed) => deed.verb)).toEqual(['added']);
  });

  it('knows the kinds there are, takes what it does not know for something made, and leaves signs and rights out', () => {
    const kinds = ['contribution', 'comment', 'assignment', 'page', 'canvas', 'reaction'];
    const sorts = deedsOf(kinds.map((kind) => head(`task:${kind}:${NINE}${rest}`))).map((one) => one.sort);
    expect(sorts.sort()).toEqual(['made', 'made', 'said', 'talk', 'work']);
    expect(deedsOf([head(`all:grant:${NINE}${rest}`), head('all:team:x')])).toEqual([]);
  });

  it('tells the founding of a process in one line, not one more for each item it came with', () => {
    const came = ['phase', 'objective', 'task'].map((type) =>
      head(`all:${type}:${NINE}${rest}`, { author: 'server' }),
    );
    const founded = head('all:process:01m7w2y7m0', { author: 'server' });
    expect(deedsOf([founded, ...came]).map(({ type, verb, who }) => [type, verb, who])).toEqual([
      ['process', 'added', 'server'],
    ]);
    const changed = head(`all:task:${NINE}${rest}`, { author: 'server', by: 'ilze', turn: 2, at: ten });
    expect(deedsOf([changed]).map(({ verb, who }) => [verb, who])).toEqual([['changed', 'ilze']]);
  });

  it('names the item, and a person who joins by themselves', () => {
    const [task] = deedsOf([head(`all:task:${NINE}${rest}`)]);
    expect(task!.item).toBe(NINE + rest);
    const [joined] = deedsOf([head(`all:member:${NINE}${rest}`, { author: 'server', turn: 3, at: ten })]);
    expect([joined!.who, joined!.verb, joined!.item]).toEqual([NINE + rest, 'added', undefined]);
  });

  it('tells what one person did alike on one day in one line, and a tree that was founded as one', () => {
    const said = ['A', 'B', 'C'].map((letter) => head(`task:contribution:${NINE}${rest.slice(1)}${letter}`));
    const tasks = ['D', 'E'].map((letter) => head(`all:task:${TEN}${rest.slice(1)}${letter}`));
    const other = head(`task:contribution:${NINE}${rest.slice(1)}F`, { author: 'ilze' });
    const lines = grouped(deedsOf([...said, ...tasks, other]), byDay);
    expect(lines.map(({ type, who, count }) => [type, who, count])).toEqual([
      ['task', 'anna', 2],
      ['contribution', 'ilze', 1],
      ['contribution', 'anna', 3],
    ]);
  });

  it('is chosen by person, kind and item, or is the history of one thing with what is about it', () => {
    const id = `task:page:${NINE}${rest}`;
    const [comment] = deedsOf([head(`task:comment:${TEN}${rest}`, { about: id })]);
    const [page] = deedsOf([head(id)]);
    expect([comment!, page!].filter((deed) => fits(deed, { about: id }))).toHaveLength(2);
    expect([comment!, page!].filter((deed) => fits(deed, { sort: 'talk' }))).toEqual([comment]);
    expect(fits(page!, { who: 'anna', item: 'task' })).toBe(true);
    expect(fits(page!, { who: 'ilze' })).toBe(false);
  });

  it('says when a clock names a moment that has not come, but not for a minute', () => {
    expect(isAhead(ten, new Date('2026-11-20T09:00:00Z'))).toBe(true);
    expect(isAhead(ten, new Date('2026-11-20T09:59:00Z'))).toBe(false);
  });
});

describe('what is new since a visit', () => {
  const said = head(`task:contribution:${TEN}${rest}`, { at: ten });
  const mine = head(`task:contribution:${TEN}${rest.slice(1)}B`, { author: 'me', at: ten });
  const old = head(`task:page:${NINE}${rest}`, { at: ten, turn: 4, by: 'ilze' });
  const ids = new Set([said, mine, old].map((one) => one._id));
  const since = '2026-11-20T09:30:00Z';

  it('leaves out what I did myself, and says of an older thing that it was changed', () => {
    const fresh = freshOf([said, mine, old], ids, 'me', since);
    expect(fresh.map(({ type, verb, people }) => [type, verb, people])).toEqual([
      ['page', 'changed', ['ilze']],
      ['contribution', 'added', ['anna']],
    ]);
  });
  it('calls new what was made and changed while I was away', () => {
    const [page] = freshOf([old], ids, 'me', '2026-11-20T08:00:00Z');
    expect(page!.verb).toBe('added');
  });
  it('counts what arrived here, not what clocks say: a note of last week that came today is new', () => {
    expect(freshOf([said], ids, 'me', '2026-12-01T00:00:00Z')).toHaveLength(1);
    expect(freshOf([said], new Set(), 'me', since)).toEqual([]);
  });
});

describe('visits', () => {
  const at = (time: string) => new Date(`2026-11-20T${time}:00Z`);
  const first = closed(opened({}, at('09:00')), 'm1', at('09:10'));

  it('have nothing before the first', () => expect(opened({}, at('09:00')).since).toBeUndefined());
  it('go on for who comes back soon: the news stay news', () => {
    const second = closed(opened(first, at('12:00')), 'm2', at('12:05'));
    expect(second.since?.mark).toBe('m1');
    expect(opened(second, at('12:20')).since?.mark).toBe('m1');
    expect(opened(second, at('13:00')).since?.mark).toBe('m2');
  });
  it('begin anew when the clock was put back', () => {
    expect(opened(first, at('08:00')).since?.mark).toBe('m1');
  });
  it('are none when what was kept cannot be read', () => {
    expect(visitsFrom({ read: { mark: 3, at: 'x' }, since: null })).toEqual({});
    expect(visitsFrom(undefined)).toEqual({});
  });
});
