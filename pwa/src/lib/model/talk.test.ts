import { describe, expect, it } from 'vitest';
import type { Comment, Reaction, Resolution } from './documents';
import { viewProcess } from './process';
import { commentCounts, countsOf, isChanged, readersOf, threadsAbout } from './talk';

const comment = (key: string, more: Partial<Comment> = {}) =>
  ({
    _id: `task:comment:${key}`,
    type: 'comment',
    about: 'task',
    text: key,
    author: 'ilze',
    ...more,
  }) as Comment;
const settled = (key: string, author: string, resolved = true) =>
  ({ about: `task:comment:${key}`, author, resolved }) as Resolution;
const reaction = (author: string, sign: Reaction['sign']) =>
  ({ about: 'task:comment:A', author, sign }) as Reaction;

describe('talk about one thing', () => {
  it('is threads, the oldest first, whatever order its documents come in', () => {
    const all = [
      comment('D', { reply_to: 'task:comment:A' }),
      comment('B'),
      comment('C', { reply_to: 'task:comment:A' }),
      comment('A'),
      comment('X', { about: 'task:page:P' }),
    ];
    for (const comments of [all, [...all].reverse()]) {
      const threads = threadsAbout('task', comments, []);
      expect(threads.map(({ root }) => root?.text)).toEqual(['A', 'B']);
      expect(threads[0]?.replies.map(({ text }) => text)).toEqual(['C', 'D']);
    }
    expect(commentCounts(all)).toEqual(
      new Map([
        ['task', 4],
        ['task:page:P', 1],
      ]),
    );
  });

  it('keeps the answers to what was taken back', () => {
    const [thread] = threadsAbout('task', [comment('C', { reply_to: 'task:comment:A' })], []);
    expect(thread).toMatchObject({ id: 'task:comment:A', root: undefined, replies: [{ text: 'C' }] });
  });

  it('is settled while anybody says so', () => {
    const one = [comment('A')];
    const of = (...said: Resolution[]) => threadsAbout('task', one, said)[0];
    expect(of()).toMatchObject({ resolved: false });
    expect(of(settled('A', 'ilze'), settled('A', 'anna', false))).toMatchObject({
      resolved: true,
      by: ['ilze'],
    });
    expect(of(settled('A', 'ilze', false))).toMatchObject({ resolved: false, by: [] });
    expect(threadsAbout('task', one, [settled('gone', 'ilze')])).toHaveLength(1);
  });
});

it('counts signs in the order in which they are offered and ranks nothing', () => {
  const given = [reaction('anna', 'done'), reaction('marta', 'done'), reaction('ilze', 'thanks')];
  expect(countsOf('task:comment:A', given, 'ilze')).toEqual([
    { sign: 'thanks', count: 1, mine: true },
    { sign: 'done', count: 2, mine: false },
  ]);
  expect(countsOf('task:comment:B', given, 'ilze')).toEqual([]);
});

it('offers only people who may read here and have a name here', () => {
  const grant = (team: string, target: string | null, access: boolean) => ({
    ...{
      _id: `all:grant:${team}${target}`,
      type: 'grant',
      team,
      target,
      access,
      create: access,
      delete: false,
    },
  });
  const member = (id: string, name: string, roles: string[] = []) => ({
    ...{ _id: `all:member:${id}`, type: 'member', name, kind: 'cit', roles },
  });
  const team = (id: string, ...members: string[]) => ({
    ...{ _id: `all:team:${id}`, type: 'team', name: { en: id }, kind: 'citizen', members },
  });
  const view = viewProcess(
    'process-p',
    [
      { _id: 'all:phase:ph', type: 'phase', parent: 'p', order: 'a0', name: { en: 'Phase' } },
      ...[member('ilze', 'Ilze'), member('janis', 'Jānis', ['administrator']), member('anna', 'Anna')],
      member('erased', ''),
      ...[team('madona', 'ilze', 'erased', 'unnamed'), team('balss', 'anna')],
      ...[grant('madona', null, true), grant('balss', null, true), grant('balss', 'ph', false)],
    ] as never[],
    { member: 'ilze' },
  );
  expect(
    readersOf(view, 'p')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Anna', 'Ilze', 'Jānis']);
  expect(
    readersOf(view, 'ph')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Ilze', 'Jānis']);
});

it('knows a comment that was changed after it was written', () => {
  const _id = 'task:comment:01ARYZ6S41TSV4RRFFQ69G5FAV'; // 2016-07-30T22:36:16.385Z
  expect(isChanged({ _id, at: '2016-07-30T22:36:16.390Z' })).toBe(false);
  expect(isChanged({ _id, at: '2016-07-31T08:00:00Z' })).toBe(true);
});
