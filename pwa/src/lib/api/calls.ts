/** How calls go, as only the server knows; the calendar's link; certificates. */
import { language } from '../i18n/language.svelte';
import { ask, query } from './ask';
import { download } from './client';

export type Reached = 'inbox' | 'queued' | 'sent' | 'shown' | 'opened' | 'acted' | 'failed';

export interface AskedMember {
  member: string;
  answer: 'yes' | 'no' | 'none';
  afterSeconds: number | null;
  reached: Reached;
  reason: string | null;
}

export interface Wave {
  number: number;
  at: string;
  why: 'first' | 'wider' | 'again';
  asked: AskedMember[];
}

export interface CallOf {
  /** Of the occurrence. */
  id: string;
  open: number;
  ends: string;
  handed: string | null;
  next: string | null;
  waves: Wave[];
}

interface CallsPage {
  occurrences: CallOf[];
  after: string | null;
}

const MOST_PAGES = 20;

/** Everybody who was asked for one occurrence; a wave goes on where the page before cut it. */
export async function callAt(
  space: string,
  item: string,
  need: string,
  occurrence: string,
): Promise<CallOf | null> {
  let found: CallOf | null = null;
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const told = await ask<CallsPage>('GET', `spaces/${space}/calls/${item}/${need}${query({ after })}`);
    const here = told.occurrences.find((one) => one.id === occurrence);
    if (here) found = found ? { ...here, waves: joined(found.waves, here.waves) } : here;
    if (!told.after) break;
    after = told.after;
  }
  return found;
}

function joined(before: Wave[], more: Wave[]): Wave[] {
  const waves = before.map((one) => {
    const rest = more.find((other) => other.number === one.number);
    return rest ? { ...one, asked: [...one.asked, ...rest.asked] } : one;
  });
  return [...waves, ...more.filter((one) => !before.some((other) => other.number === one.number))];
}

export const calendarState = () => ask<{ made: string | null }>('GET', 'calendar');
export const makeCalendar = () => ask<{ path: string; made: string }>('POST', 'calendar');
export const revokeCalendar = () => ask<void>('DELETE', 'calendar');

/** My hours in one process, as PDF in the language of the screens. */
export const certificate = (space: string, first: string, last: string) =>
  download(`spaces/${space}/certificate${query({ first, last, lang: language.code })}`, language.code);
