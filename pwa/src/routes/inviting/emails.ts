/** E-mail addresses as people paste them: one a line, or with commas, semicolons, names and angle brackets between. */
export interface Addresses {
  good: string[];
  /** What looks like an address and is none. */
  bad: string[];
}

const MOST = 100;

export function emailsIn(pasted: string): Addresses {
  const words = pasted.split(/[\s,;<>()"]+/).filter((word) => word.includes('@'));
  const unique = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];
  const isGood = (word: string) => word.length <= 200 && /^[^@]+@[^@]+\.[^@]+$/.test(word);
  return { good: unique.filter(isGood).slice(0, MOST), bad: unique.filter((word) => !isGood(word)) };
}

/** The last moment of a day on this device's calendar. */
export const endOfDay = (day: string) => new Date(`${day}T23:59:59`).toISOString();
