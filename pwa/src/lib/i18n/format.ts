/** Numbers, dates and sizes in the language of the screens. The clock comes as an argument, so that a test can stop it. */
import { aroundToday, dayMonth, dayMonthYear, weekday, weekdayDayMonth } from './calendar';
import { language } from './language.svelte';

/** English as it is written in Europe: the day before the month. */
const locale = () => (language.code === 'en' ? 'en-GB' : language.code);

const DAY = 86_400_000;

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
/** Whole calendar days from `now` to `date`; negative for the past. */
const daysApart = (date: Date, now: Date) => Math.round((startOfDay(date) - startOfDay(now)) / DAY);

/** A formatter costs a phone milliseconds to make and nothing to keep: each is made once. */
const kept = new Map<string, unknown>();
function once<T>(what: string, options: object, make: (locale: string) => T): T {
  const key = `${what} ${locale()} ${JSON.stringify(options)}`;
  const made = (kept.get(key) as T | undefined) ?? make(locale());
  if (kept.size < MOST_KEPT) kept.set(key, made);
  return made;
}
const MOST_KEPT = 200;

const dates = (date: Date, options: Intl.DateTimeFormatOptions) =>
  once('dates', options, (at) => new Intl.DateTimeFormat(at, options)).format(date);
const numbers = (value: number, options: Intl.NumberFormatOptions = {}) =>
  once('numbers', options, (at) => new Intl.NumberFormat(at, options)).format(value);

/*
 * The first formatter of a page costs a slow phone a tenth of a second: the browser then reads what it knows of languages. So
 * what stands on nearly every screen (a small count, a share, the time of the device, a day in short) is written by hand;
 * format.test.ts compares it with what the browser says.
 */
export const number = (value: number) =>
  Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : numbers(value);

export const percent = (share: number) =>
  `${Math.round(share * 100)}${language.code === 'es' ? '\u00a0%' : '%'}`;

const twoDigits = (value: number) => String(value).padStart(2, '0');
/** `timeZone` where the clock of a place is meant, not that of the device. */
export const time = (date: Date, timeZone?: string) =>
  timeZone === undefined
    ? `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
    : dates(date, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });

/** A day to plan for, with its weekday. */
export const day = (at: string, timeZone?: string) =>
  dates(new Date(at), { weekday: 'long', day: 'numeric', month: 'long', timeZone });

/** The same where there is little room: «Sun 29 Nov». */
export const dayInShort = (at: string, timeZone?: string) =>
  timeZone === undefined
    ? weekdayDayMonth(language.code, new Date(at))
    : dates(new Date(at), { weekday: 'short', day: 'numeric', month: 'short', timeZone });

/** «14:00–16:00» on one line; over midnight «22:00 – Mon 30 Nov, 06:00». */
export function hours(start: string, end: string, timeZone?: string): string {
  const [from, to] = [time(new Date(start), timeZone), time(new Date(end), timeZone)];
  const lastDay = dayInShort(end, timeZone);
  return lastDay === dayInShort(start, timeZone) ? `${from}–\u2060${to}` : `${from} – ${lastDay}, ${to}`;
}

/** A distance one walks or drives: 3.2 km, 129 km. */
export const kilometres = (km: number) =>
  numbers(km, { style: 'unit', unit: 'kilometer', maximumFractionDigits: km < 10 ? 1 : 0 });

const span = (value: number, unit: 'minute' | 'hour') =>
  new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short' }).format(value);

/** How long something takes: 45 min, 2 hrs 5 min; what is shorter than a minute is one. */
export function duration(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes));
  if (whole < 60) return span(whole, 'minute');
  const rest = whole % 60;
  return rest ? `${span(Math.floor(whole / 60), 'hour')} ${span(rest, 'minute')}` : span(whole / 60, 'hour');
}

/** When something was said: 09:12 today, a weekday within the week, else the date. */
export function moment(at: string | Date, now = new Date()): string {
  const date = new Date(at);
  const days = daysApart(date, now);
  if (days === 0) return time(date);
  if (days < 0 && days > -7) return weekday(language.code, date);
  return (date.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear)(language.code, date);
}

/** When the last sync was, to be read after «last sync»: 09:12, «yesterday, 17:40», else date and time. */
export function since(at: string | Date, now = new Date()): string {
  const date = new Date(at);
  const days = daysApart(date, now);
  if (days === 0) return time(date);
  if (days === -1) return `${aroundToday(language.code, -1)}, ${time(date)}`;
  return `${dayMonth(language.code, date)}, ${time(date)}`;
}

/** The day something is due: today, tomorrow, else weekday and date. `at` is a date (2026-11-24) or a moment. */
export function dueDay(at: string, now = new Date()): string {
  const date = new Date(at.length === 10 ? `${at}T00:00:00` : at);
  const days = daysApart(date, now);
  if (days >= -1 && days <= 1) return aroundToday(language.code, days);
  return weekdayDayMonth(language.code, date);
}

/** A calendar day as Date; hours play no part in it. */
const atNoon = (day: string) => new Date(`${day.slice(0, 10)}T12:00:00`);

/** A day as it stands in a table: 24 Nov 2026. */
export const shortDay = (day: string) => dayMonthYear(language.code, atNoon(day));

/** A month («2026-12») as a heading; the year only where it is another than today's. */
export const monthName = (month: string, today: string) =>
  dates(atNoon(`${month}-01`), {
    month: 'long',
    ...(month.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
  });

/** A mark on a scale of time: the day, with its month where that begins; a month, with its year where that does. */
export function tickWord(day: string, unit: 'day' | 'month', first: boolean): string {
  if (unit === 'day')
    return dates(atNoon(day), first ? { day: 'numeric', month: 'short' } : { day: 'numeric' });
  return dates(atNoon(day), first ? { month: 'short', year: 'numeric' } : { month: 'short' });
}

/** The day as a heading over what happened then: today, yesterday, else weekday and date. */
export function dayHeading(at: string, now = new Date()): string {
  const date = new Date(at);
  const days = daysApart(date, now);
  if (days === 0 || days === -1) return aroundToday(language.code, days);
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return dates(date, { weekday: 'long', day: 'numeric', month: 'long', ...year });
}

/** True when the day is over. */
export const isPast = (at: string, now = new Date()) =>
  daysApart(new Date(`${at.slice(0, 10)}T00:00:00`), now) < 0;

/** A size people compare with their data plan: 340 kB, 4.2 MB. */
export function size(bytes: number): string {
  const [unit, of] =
    bytes >= 950_000_000
      ? ['gigabyte', 1e9]
      : bytes >= 950_000
        ? ['megabyte', 1e6]
        : (['kilobyte', 1e3] as const);
  const amount = bytes / of;
  return numbers(unit === 'kilobyte' && bytes > 0 ? Math.max(1, amount) : amount, {
    style: 'unit',
    unit,
    maximumFractionDigits: unit !== 'kilobyte' && amount < 10 ? 1 : 0,
  });
}

/** Our own languages stand on the first screen, where nothing should be looked up that is known. */
const OURS: Partial<Record<string, string>> = {
  en: 'English',
  it: 'Italiano',
  lv: 'Latviešu',
  es: 'Español',
};

/** A language by its own name, as the people who speak it write it. */
export function ownName(code: string): string {
  const ours = OURS[code];
  if (ours) return ours;
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
