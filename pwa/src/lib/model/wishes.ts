/** How a person wants to be told things. What they did not say is as the server has it (`backend/notices/wishes.py`). */
import type { WishesDocument } from './documents';
import type { Kind } from './notices';

type Said = Pick<
  WishesDocument,
  'zone' | 'quiet' | 'cap' | 'off_until' | 'roads' | 'muted' | 'digest' | 'digest_at' | 'skills'
>;
export type Wishes = Required<Said>;
export type Road = 'push' | 'mail' | 'inbox';

export const QUIET = { start: '21:00', end: '08:00' };

export const wished = (said: Partial<WishesDocument> | undefined): Wishes => ({
  zone: said?.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
  quiet: said?.quiet === undefined ? QUIET : said.quiet,
  cap: said?.cap ?? 2,
  off_until: said?.off_until ?? null,
  roads: said?.roads ?? {},
  muted: said?.muted ?? [],
  digest: said?.digest ?? 'none',
  digest_at: said?.digest_at ?? '08:00',
  skills: said?.skills ?? [],
});

/** What people choose a road for: kinds that mean the same to them go together. */
export const GROUPS = {
  calls: ['needed', 'place_free'],
  promised: ['answered', 'changed', 'cancelled', 'handed'],
  reminders: ['reminder'],
  work: ['assigned'],
  talk: ['mention'],
  people: ['invitation', 'application'],
  refused: ['not_accepted'],
  summary: ['digest'],
} as const satisfies Record<string, readonly Kind[]>;
export type Group = keyof typeof GROUPS;

export const groupOf = (kind: string): Group | undefined =>
  (Object.keys(GROUPS) as Group[]).find((group) => (GROUPS[group] as readonly string[]).includes(kind));

/** The road of a group: that of its first kind. */
export const roadOf = ({ roads }: Wishes, group: Group): Road => roads[GROUPS[group][0]] ?? 'push';

export const onRoad = (roads: Record<string, Road>, group: Group, road: Road): Record<string, Road> => ({
  ...roads,
  ...Object.fromEntries(GROUPS[group].map((kind) => [kind, road])),
});

const MOST_SKILLS = 20;
const LONGEST_SKILL = 60;

/** Typed with commas between; each once, at most twenty. */
export function skillsIn(typed: string): string[] {
  const words = typed
    .split(/[,;\n]/)
    .map((word) => word.trim().slice(0, LONGEST_SKILL).trim())
    .filter(Boolean);
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].slice(0, MOST_SKILLS);
}

/** The morning of a day (`2026-11-30`) by the clock of this device; null for none and for what is past. */
export function morningOf(day: string, now: Date): string | null {
  const at = new Date(`${day}T00:00:00`);
  return Number.isNaN(at.getTime()) || at <= now ? null : at.toISOString();
}
