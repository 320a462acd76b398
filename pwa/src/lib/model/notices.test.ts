import { describe, expect, it } from 'vitest';
import type { NoticeDocument, Read } from './documents';
import { answersTo, byDay, inboxOf, settled, unread, type Kept, type Told } from './notices';

const NOW = new Date('2026-11-24T10:00:00Z');
const head = { v: 1, lang: 'en', author: 'server', by: 'server', device: 'server' } as const;

function notice(id: string, more: Partial<NoticeDocument> = {}): Kept<NoticeDocument> {
  return {
    ...head,
    _id: `all:notice:${id}`,
    _rev: '1-a',
    type: 'notice',
    at: '2026-11-24T08:00:00Z',
    kind: 'needed',
    word: 'needed',
    space: 'process-1',
    thing: 'task:need:need1~day1',
    path: '/processes/1/tasks/task/needs/need1',
    told: '2026-11-24T08:00:00Z',
    until: '2026-11-24T14:00:00Z',
    about: { item: 'task', need: 'need1', occurrence: 'day1' },
    facts: { start: '2026-11-24T14:00:00Z' },
    ...more,
  };
}
const read = (id: string, state: Read['state'], at = '2026-11-24T09:00:00Z'): Kept<Read> => ({
  ...head,
  _id: `all:read:${id}`,
  _rev: '1-a',
  type: 'read',
  state,
  at,
});
const told = (more: Partial<NoticeDocument> = {}, state: Told['state'] = 'new'): Told => ({
  id: 'n1',
  notice: notice('n1', more),
  state,
});

describe('an inbox', () => {
  const old = notice('a', { told: '2026-11-22T08:00:00Z' });
  const young = notice('b');
  const same = notice('c');

  it('has the newest first, in one order on all devices', () => {
    expect(inboxOf([old, young, same], [], NOW).map((one) => one.id)).toEqual(['c', 'b', 'a']);
    expect(inboxOf([same, old, young], [], NOW).map((one) => one.id)).toEqual(['c', 'b', 'a']);
  });

  it('knows what was read on another device', () => {
    const inbox = inboxOf([old, young, same], [read('a', 'read'), read('b', 'done')], NOW);
    expect(inbox.map((one) => one.state)).toEqual(['new', 'done', 'read']);
    expect(unread(inbox).map((one) => one.id)).toEqual(['c']);
  });

  it('knows what needs no place on the lock screen any more', () => {
    const taken = notice('d', { withdrawn: true });
    expect(
      settled(inboxOf([old, young, same, taken], [read('a', 'read'), read('b', 'later')], NOW)).sort(),
    ).toEqual(['a', 'b', 'd']);
  });

  it('shows as new what was put off, when its hours are over', () => {
    const put = read('b', 'later');
    expect(inboxOf([young], [put], NOW)[0]!.state).toBe('later');
    expect(inboxOf([young], [put], new Date('2026-11-24T12:00:00Z'))[0]!.state).toBe('new');
  });

  it('does not count what is no longer so', () => {
    expect(unread(inboxOf([notice('a', { withdrawn: true })], [], NOW))).toEqual([]);
  });

  it('is parted by days', () => {
    const days = byDay(inboxOf([old, young, same], [], NOW), (date) => date.toISOString().slice(0, 10));
    expect(days.map(({ day, told }) => [day, told.length])).toEqual([
      ['2026-11-24', 2],
      ['2026-11-22', 1],
    ]);
  });
});

describe('one can answer', () => {
  it.each([
    ['yes or no to a call', told(), ['accept', 'decline']],
    ['yes or no to a free place', told({ kind: 'place_free' }), ['accept', 'decline']],
    ['nothing to a call that has begun', told({ facts: { start: '2026-11-24T09:00:00Z' } }), []],
    ['nothing to a call whose deadline is over', told({ until: '2026-11-24T09:30:00Z' }), []],
    ['nothing to what was called off', told({ withdrawn: true }), []],
    ['nothing twice', told({}, 'done'), []],
    ['what was put off', told({}, 'later'), ['accept', 'decline']],
    ['that a promise cannot be kept', told({ kind: 'reminder' }), ['decline', 'later']],
    [
      'that a promise is kept, once it has begun',
      told({ kind: 'reminder', facts: { start: '2026-11-24T09:00:00Z' } }),
      ['done'],
    ],
    [
      'that work is done',
      told({ kind: 'assigned', about: { item: 'task', assignment: 'a1' } }),
      ['done', 'later'],
    ],
    ['nothing to an answer', told({ kind: 'answered' }), []],
    ['nothing to a mention', told({ kind: 'mention', about: {} }), []],
  ])('%s', (_what, one, answers) => expect(answersTo(one, NOW)).toEqual(answers));
});
