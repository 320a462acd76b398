/** How long one may say that something took. */
import { m } from '$lib/i18n/messages';

export const LONGEST = 7 * 24 * 60; // minutes

/** What is wrong with a number of minutes, in words. */
export const wrongMinutes = (minutes: number): string | undefined =>
  Number.isInteger(minutes) && minutes >= 0 && minutes <= LONGEST ? undefined : m.need_minutes_wrong();
