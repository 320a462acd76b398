import { expect, it } from 'vitest';
import { changed, former, same } from './change';
import type { Text } from './documents';

const before = {
  name: { en: 'Walk', lv: 'Ieiet' } as Text,
  teams: ['a', 'b'],
  due: '2026-12-01' as string | null,
};

it('a form that changed nothing writes nothing', () => {
  expect(changed(before, { ...before, name: { lv: 'Ieiet', en: 'Walk' } }, before)).toEqual({});
});

it('what somebody else changed while the form was open stays', () => {
  const now = { name: { en: 'Walk', lv: 'Pastaiga' }, teams: ['b', 'c'], due: '2027-01-01' };
  const wished = { name: { en: 'Walk far', lv: 'Ieiet' }, teams: ['a', 'd'], due: '2026-12-01' };
  expect(changed(before, wished, now)).toEqual({
    name: { en: 'Walk far', lv: 'Pastaiga' },
    teams: ['c', 'd'],
  });
});

it('what was emptied is emptied, in one language or in all', () => {
  expect(changed(before, { name: { en: 'Walk' }, due: null }, before)).toEqual({
    name: { en: 'Walk' },
    due: null,
  });
  expect(changed(before, { name: {}, teams: [] }, before)).toEqual({ name: null, teams: [] });
});

it('a member that was not there is added, and none, empty and absent are the same', () => {
  expect(changed<{ tags?: string[] }>({}, { tags: ['x'] }, {})).toEqual({ tags: ['x'] });
  expect(changed<{ tags?: string[]; idea?: object | null }>({}, { tags: [], idea: null }, {})).toEqual({});
  expect(same({}, undefined)).toBe(true);
  expect(same([], null)).toBe(true);
});

it('taking a change back names what it changed, as it was', () => {
  expect(former(before, { due: '2027-01-01', teams: ['z'] })).toEqual({
    due: '2026-12-01',
    teams: ['a', 'b'],
  });
  const none = former<{ disabled?: boolean }>({}, { disabled: true });
  expect(Object.entries(none)).toEqual([['disabled', undefined]]);
});
