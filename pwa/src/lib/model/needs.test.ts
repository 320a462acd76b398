import { describe, expect, it } from 'vitest';
import type { Claim, Need, Placed } from './documents';
import { calendarFile, distance, isOpen, needAt, seatsOf, series, standingOf } from './needs';

const TUESDAY = '01KC0000000000000000000000';
const need = {
  _id: `TASK:need:KEY`,
  name: 'Help; with, phones',
  occurrences: [{ id: TUESDAY, start: '2026-11-24T12:00:00Z', end: '2026-11-24T14:00:00Z' }],
  places: 2,
  zone: 'Europe/Riga',
} as unknown as Need;
const place = (member: string, outcome: Placed['outcome'], turn: number, claim = '1-a') =>
  ({ _id: `TASK:place:${TUESDAY}-${member}`, member, outcome, turn, claim }) as Placed;
const claim = (state: Claim['state'], _rev = '1-a') => ({ state, _rev }) as Claim & { _rev: string };

describe('how I stand', () => {
  it('is «requested» until the server has spoken about this very claim', () => {
    expect(standingOf(claim('asked'), undefined)).toBe('requested');
    expect(standingOf(claim('asked', '3-c'), place('me', 'late', 1, '1-a'))).toBe('requested');
    expect(standingOf(claim('asked', '3-c'), place('me', 'late', 1, '3-c'))).toBe('late');
  });
  it('stays confirmed while I say further things, and ends with my own word at once', () => {
    expect(standingOf(claim('started', '2-b'), place('me', 'confirmed', 1))).toBe('confirmed');
    expect(standingOf(claim('withdrawn', '2-b'), place('me', 'confirmed', 1))).toBe('withdrawn');
  });
  it('is open where nobody said anything', () => {
    expect(standingOf(undefined, undefined)).toBe('open');
  });
});

describe('seats', () => {
  it('count who is confirmed, and tell the waiting list in the order of turns', () => {
    const seats = seatsOf(need, TUESDAY, [
      place('c', 'waiting', 9),
      place('a', 'confirmed', 1),
      place('b', 'waiting', 4),
      place('d', 'late', 2),
    ]);
    expect(seats).toEqual({ confirmed: ['a'], waiting: ['b', 'c'], free: 1 });
  });
  it('are never fewer than none when a coordinator asks for less', () => {
    const all = ['a', 'b', 'c'].map((one, n) => place(one, 'confirmed', n));
    expect(seatsOf(need, TUESDAY, all).free).toBe(0);
  });
});

describe('a series', () => {
  it('keeps the hour of the clock when summer time ends', () => {
    let n = 0;
    const found = series({ day: '2026-10-20', from: '14:00', to: '16:00' }, 7, 3, () => `K${n++}`);
    expect(found.map((one) => new Date(one.start).getHours())).toEqual([14, 14, 14]);
    expect(found.map((one) => one.id)).toEqual(['K0', 'K1', 'K2']);
  });
  it('goes past midnight when it ends before it begins', () => {
    const [one] = series({ day: '2026-11-24', from: '22:00', to: '02:00' }, 7, 1, () => 'K');
    expect(Date.parse(one!.end) - Date.parse(one!.start)).toBe(4 * 3_600_000);
  });
});

it('is closed once it begins, is cancelled or its deadline is over', () => {
  const [occurrence] = need.occurrences;
  const before = new Date('2026-11-23T12:00:00Z');
  expect(isOpen(need, occurrence!, before)).toBe(true);
  expect(isOpen(need, occurrence!, new Date('2026-11-24T12:00:00Z'))).toBe(false);
  expect(isOpen({ ...need, cancelled: true }, occurrence!, before)).toBe(false);
  expect(isOpen({ ...need, deadline: '2026-11-22T00:00:00Z' }, occurrence!, before)).toBe(false);
});

it('knows how far Madona is from Rīga', () => {
  const km = distance({ lat: 56.9496, lon: 24.1052 }, { lat: 56.8534, lon: 26.2166 });
  expect(Math.round(km)).toBe(129);
});

it('writes a calendar file whose words cannot break out of their line', () => {
  const text = calendarFile(needAt(need), need.occurrences[0]!, 'https://example.org/x', new Date(0));
  expect(text).toContain('SUMMARY:Help\\; with\\, phones\r\n');
  expect(text).toContain('DTSTART:20261124T120000Z\r\n');
  const long = calendarFile(
    needAt({ ...need, name: 'ā'.repeat(100) }),
    need.occurrences[0]!,
    'https://example.org/x',
    new Date(0),
  );
  expect(long.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true);
  expect(long.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'ā'.repeat(100)}`);
});
