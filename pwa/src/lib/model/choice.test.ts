import { describe, expect, test } from 'vitest';
import { chosen, differences, ofMine, openVersions, type Version } from './choice';

const version = (rev: string, members: Record<string, unknown>, more: Partial<Version> = {}): Version =>
  ({
    _id: 'all:task:T',
    _rev: rev,
    type: 'task',
    v: 1,
    lang: 'en',
    author: 'founder',
    by: 'ilze',
    device: 'phone',
    at: '2026-11-22T10:00:00Z',
    ...members,
    ...more,
  }) as Version;

const before = version('1-a', { name: { en: 'Paint', lv: 'Krāsot' }, status: 'awaiting', teams: [] });
const walls = version('2-c', { name: { en: 'Walls', lv: 'Krāsot' }, status: 'finished', teams: [] });
const doors = version('2-b', { name: { en: 'Doors', lv: 'Durvis' }, status: 'awaiting', teams: ['x'] });

describe('what is asked', () => {
  test('only what both changed, each language for itself, and what it was before', () => {
    expect(differences([walls, doors], before)).toEqual([
      { member: 'name', lang: 'en', said: ['Walls', 'Doors'], before: 'Paint' },
    ]);
  });

  test('without the common ancestor everything that differs', () => {
    expect(differences([walls, doors]).map(({ member, lang }) => [member, lang])).toEqual([
      ['name', 'en'],
      ['name', 'lv'],
      ['status', undefined],
      ['teams', undefined],
    ]);
  });

  test('who signed last is no difference, nor is the order of members, nor nothing and null', () => {
    const a = version('2-a', { people: { gov: 1, cit: 2 }, due: null });
    const b = version('2-b', { people: { cit: 2, gov: 1 } }, { by: 'anna', at: '2026-01-01T00:00:00Z' });
    expect(differences([a, b])).toEqual([]);
  });

  test('what nobody had said before is new in each, and not the other struck through', () => {
    const a = version('2-a', { conclusion: 'Monday' });
    const b = version('2-b', { conclusion: 'Tuesday' });
    expect(differences([a, b], before)).toContainEqual({
      member: 'conclusion',
      said: ['Monday', 'Tuesday'],
      before: null,
    });
  });

  test('an item of a list that both worded anew, and no item that one of them added, ticked or worded alone', () => {
    const item = (id: string, text: string, done = false) => ({ id, text, done });
    const was = version('1-a', { items: [item('a', 'Chairs'), item('b', 'Coffee'), item('c', 'Cups')] });
    const ten = version('2-b', {
      items: [item('a', 'Ten chairs'), item('b', 'Coffee', true), item('c', 'Cups')],
    });
    const twelve = version('2-a', {
      items: [item('a', 'Twelve chairs'), item('b', 'Coffee'), item('c', 'Big cups'), item('d', 'Tea')],
    });
    expect(differences([ten, twelve], was)).toEqual([
      {
        member: 'items',
        item: '"a"',
        said: [item('a', 'Ten chairs'), item('a', 'Twelve chairs')],
        before: item('a', 'Chairs'),
      },
    ]);
    expect(chosen(ten, twelve, [ten, twelve], was).items).toEqual([
      item('a', 'Twelve chairs'),
      item('b', 'Coffee', true),
      item('c', 'Big cups'),
      item('d', 'Tea'),
    ]);
  });

  test('a member this app has never heard of is asked like any other', () => {
    const [one] = differences([version('2-a', { mood: [1] }), version('2-b', { mood: [2] })]);
    expect(one).toEqual({ member: 'mood', said: [[1], [2]], before: undefined });
  });
});

describe('what a choice writes', () => {
  test('the picked content after the version shown, naming the other', () => {
    const written = chosen(walls, doors, [walls, doors], before);
    expect(written).toMatchObject({ _rev: '2-c', settles: ['2-b'], name: { en: 'Doors', lv: 'Durvis' } });
  });

  test('what only one of them changed goes along, whichever is picked', () => {
    for (const picked of [walls, doors]) {
      const written = chosen(walls, picked, [walls, doors], before);
      expect(written).toMatchObject({ status: 'finished', teams: ['x'], settles: ['2-b'] });
      expect((written.name as Record<string, string>).lv).toBe('Durvis');
    }
  });

  test('without the ancestor the picked version as it is', () => {
    expect(chosen(walls, doors, [walls, doors])).toMatchObject({
      name: { en: 'Doors', lv: 'Durvis' },
      status: 'awaiting',
      teams: ['x'],
    });
  });

  test('the additions of both, and the removals of both, to a list of things that have names', () => {
    const item = (id: string, done = false) => ({ id, text: id, done });
    const list = (rev: string, name: string, ...items: unknown[]) => version(rev, { name, items });
    const was = list('1-a', 'List', item('a'), item('b'), item('c'));
    const mine = list('2-b', 'Mine', item('a', true), item('c'), item('d'));
    const theirs = list('2-a', 'Theirs', item('a'), item('b'), item('e'));
    expect(differences([mine, theirs], was).map(({ member }) => member)).toEqual(['name']);
    for (const picked of [mine, theirs]) {
      const { items } = chosen(mine, picked, [mine, theirs], was) as unknown as { items: { id: string }[] };
      expect(items.map(({ id }) => id).sort()).toEqual(['a', 'd', 'e']);
      expect(items.find(({ id }) => id === 'a')).toMatchObject({ done: true });
    }
  });

  test('what one took away stays away, what both keep stays', () => {
    const was = version('1-a', { text: 'a', note: 'old' });
    const cleared = version('2-a', { text: 'b' });
    const kept = version('2-b', { text: 'c', note: 'old' });
    expect('note' in chosen(cleared, kept, [cleared, kept], was)).toBe(false);
  });

  test('the author stays the author, also when another version says otherwise', () => {
    const forged = version('2-b', { name: { en: 'Doors' } }, { author: 'somebody' });
    expect(chosen(walls, forged, [walls, forged], before).author).toBe('founder');
  });

  test('what was laid aside before stays named, up to a limit', () => {
    const shown = { ...walls, settles: Array.from({ length: 30 }, (_, n) => `1-${n}`) };
    const written = chosen(shown, doors, [shown, doors], before);
    expect(written.settles).toHaveLength(20);
    expect(written.settles?.[0]).toBe('2-b');
  });
});

test('a version that was laid aside here is no longer open, also before the server closed it', () => {
  expect(openVersions({ _conflicts: ['2-a', '2-b'], settles: ['2-b'] })).toEqual(['2-a']);
  expect(openVersions({})).toEqual([]);
});

describe('two of my own', () => {
  const me = { member: 'ilze', device: 'phone' };
  const at = (hour: number) => ({ at: `2026-11-22T${hour}:00:00Z` });

  test('are told apart by the device, and on one device by which came first', () => {
    const here = version('2-a', {}, at(11));
    const laptop = version('2-b', {}, { device: 'laptop', ...at(12) });
    const before = version('2-c', {}, at(10));
    expect([here, laptop].map((one) => ofMine(one, [here, laptop], me))).toEqual(['here', 'elsewhere']);
    expect([here, before].map((one) => ofMine(one, [here, before], me))).toEqual(['here', 'earlier']);
  });

  test('need no such words where only one is mine, and another person has none', () => {
    const mine = version('2-a', {});
    const hers = version('2-b', {}, { by: 'anna' });
    expect([mine, hers].map((one) => ofMine(one, [mine, hers], me))).toEqual(['only', undefined]);
    expect(ofMine(mine, [mine, hers], { member: undefined, device: 'phone' })).toBeUndefined();
  });
});
