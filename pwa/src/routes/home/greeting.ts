import { m } from '$lib/i18n/messages';

/** By the clock on the wall; by the first name alone, as at a counter where one is known. */
export function greeting(name: string, now = new Date()): string {
  const first = name.trim().split(/\s+/)[0] ?? '';
  const hour = now.getHours();
  const words = { name: first };
  if (!first) return m.dock_today();
  if (hour >= 5 && hour < 12) return m.greeting_morning(words);
  if (hour >= 12 && hour < 18) return m.greeting_day(words);
  return m.greeting_evening(words);
}
