// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import {
  dayInShort,
  dueDay,
  hours,
  isPast,
  moment,
  number,
  ownName,
  percent,
  shortDay,
  since,
  size,
  time,
} from './format';
import { language, languages } from './language.svelte';

const now = new Date('2026-11-21T10:00:00');
afterEach(() => language.choose('en'));

describe('when', () => {
  it('is a time today, a weekday this week, then a date', () => {
    expect(moment('2026-11-21T09:12:00', now)).toBe('09:12');
    expect(moment('2026-11-19T09:12:00', now)).toBe('Thu');
    expect(moment('2026-10-02T09:12:00', now)).toBe('2 Oct');
    expect(moment('2025-10-02T09:12:00', now)).toBe('2 Oct 2025');
  });

  it('speaks of yesterday, and in the language of the screens', () => {
    expect(since('2026-11-20T17:40:00', now)).toBe('yesterday, 17:40');
    language.choose('lv');
    expect(since('2026-11-20T17:40:00', now)).toBe('vakar, 17:40');
  });

  it('knows what is due soon and what is over', () => {
    expect(dueDay('2026-11-22', now)).toBe('tomorrow');
    expect(dueDay('2026-11-24', now)).toBe('Tue 24 Nov');
    expect(isPast('2026-11-20', now)).toBe(true);
    expect(isPast('2026-11-21', now)).toBe(false);
  });
});

it.each(languages)('writes by hand what the browser would write: %s', (code) => {
  language.choose(code);
  const locale = code === 'en' ? 'en-GB' : code;
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  for (let hundredth = 0; hundredth <= 100; hundredth += 1)
    expect(percent(hundredth / 100)).toBe(share.format(hundredth / 100));
  const count = new Intl.NumberFormat(locale);
  for (const value of [0, 7, 999, 1000, 12_345, -3, 2.5]) expect(number(value)).toBe(count.format(value));
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  for (const at of ['00:00', '09:05', '13:30', '23:59']) {
    const date = new Date(`2026-11-21T${at}:00`);
    expect(time(date)).toBe(clock.format(date));
  }
});

it.each(languages)('writes days in short as the browser would: %s', (code) => {
  language.choose(code);
  const locale = code === 'en' ? 'en-GB' : code;
  const at = new Date('2026-12-31T12:00:00');
  const around = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const days of [-1, 0, 1]) {
    const date = new Date(at.getTime() + days * 86_400_000);
    expect(dueDay(date.toISOString(), at)).toBe(around.format(days, 'day'));
  }
  const month = { day: 'numeric', month: 'short' } as const;
  for (let past = 8; past < 365; past += 13) {
    const date = new Date(at.getTime() - past * 86_400_000);
    const written = (options: object) => new Intl.DateTimeFormat(locale, options).format(date);
    expect(moment(date, at)).toBe(written(month));
    expect(dayInShort(date.toISOString())).toBe(written({ ...month, weekday: 'short' }));
    expect(shortDay(date.toISOString())).toBe(written({ ...month, year: 'numeric' }));
    const week = new Date(date.getTime() + 3 * 86_400_000);
    expect(moment(date, week)).toBe(written({ weekday: 'short' }));
  }
});

it('says the day on which something over midnight ends, by the clocks of its place', () => {
  expect(hours('2026-11-29T12:00:00Z', '2026-11-29T14:00:00Z', 'Europe/Riga')).toBe('14:00–\u206016:00');
  expect(hours('2026-11-29T20:00:00Z', '2026-11-29T23:30:00Z', 'Europe/Riga')).toBe(
    '22:00 – Mon 30 Nov, 01:30',
  );
});

it('gives sizes people compare with their data plan', () => {
  expect(size(4_200_000)).toBe('4.2 MB');
  expect(size(2_095_000_000)).toBe('2.1 GB');
  expect(size(12)).toBe('1 kB');
  expect(size(0)).toBe('0 kB');
  language.choose('lv');
  expect(size(4_200_000)).toBe('4,2 MB');
});

it('calls a language as its speakers do', () => {
  expect(['lv', 'it', 'es', 'en'].map(ownName)).toEqual(['Latviešu', 'Italiano', 'Español', 'English']);
});
