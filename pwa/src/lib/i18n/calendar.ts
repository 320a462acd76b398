/**
 * Days and months in short, by hand: making the first formatter of a page costs a slow phone a tenth of a second, and each
 * further one a part of that. What stands here is what CLDR says; format.test.ts compares it with the browser's words.
 */
import type { Locale } from './paraglide/runtime.js';

interface Calendar {
  /** From Sunday, as `Date.getDay` counts. */
  weekdays: string[];
  months: string[];
  /** Yesterday, today, tomorrow. */
  around: string[];
  dayOfMonth: (day: number, month: string) => string;
  withYear: (date: string, year: number) => string;
  withWeekday: (weekday: string, date: string) => string;
}

const words = (line: string) => line.split(' ');
const plain = (day: number, month: string) => `${day} ${month}`;
const yearLast = (date: string, year: number) => `${date} ${year}`;
const oneAfterOther = (weekday: string, date: string) => `${weekday} ${date}`;
const withComma = (weekday: string, date: string) => `${weekday}, ${date}`;

const calendars: Record<Locale, Calendar> = {
  en: {
    weekdays: words('Sun Mon Tue Wed Thu Fri Sat'),
    months: words('Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'),
    around: words('yesterday today tomorrow'),
    dayOfMonth: plain,
    withYear: yearLast,
    withWeekday: oneAfterOther,
  },
  it: {
    weekdays: words('dom lun mar mer gio ven sab'),
    months: words('gen feb mar apr mag giu lug ago set ott nov dic'),
    around: words('ieri oggi domani'),
    dayOfMonth: plain,
    withYear: yearLast,
    withWeekday: oneAfterOther,
  },
  lv: {
    weekdays: words('svētd. pirmd. otrd. trešd. ceturtd. piektd. sestd.'),
    months: words('janv. febr. marts apr. maijs jūn. jūl. aug. sept. okt. nov. dec.'),
    around: words('vakar šodien rīt'),
    dayOfMonth: (day, month) => `${day}. ${month}`,
    withYear: (date, year) => `${year}. g. ${date}`,
    withWeekday: withComma,
  },
  es: {
    weekdays: words('dom lun mar mié jue vie sáb'),
    months: words('ene feb mar abr may jun jul ago sept oct nov dic'),
    around: words('ayer hoy mañana'),
    dayOfMonth: plain,
    withYear: yearLast,
    withWeekday: withComma,
  },
};

/** «24 Nov», by the clock of the device. */
export function dayMonth(code: Locale, date: Date): string {
  const { dayOfMonth, months } = calendars[code];
  return dayOfMonth(date.getDate(), months[date.getMonth()] ?? '');
}

/** «24 Nov 2026». */
export const dayMonthYear = (code: Locale, date: Date) =>
  calendars[code].withYear(dayMonth(code, date), date.getFullYear());

/** «Tue 24 Nov». */
export const weekdayDayMonth = (code: Locale, date: Date) =>
  calendars[code].withWeekday(calendars[code].weekdays[date.getDay()] ?? '', dayMonth(code, date));

/** «Tue»; standing alone, Latvian writes it large. */
export function weekday(code: Locale, date: Date): string {
  const word = calendars[code].weekdays[date.getDay()] ?? '';
  return code === 'lv' ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/** Yesterday (-1), today (0), tomorrow (1). */
export const aroundToday = (code: Locale, days: number) => calendars[code].around[days + 1] ?? '';
