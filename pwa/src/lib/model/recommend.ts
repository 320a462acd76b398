/**
 * Which building blocks help with a task: those that answer the same kinds of problem, few, each with its reasons.
 *
 * A problem that few blocks answer says more than one that all of them do (inverse document frequency), so each shared
 * problem counts ln(1 + all blocks / blocks that answer it). What the person can read, what others found good, what was
 * used here before and what can be filled in at once weigh less than one rare problem: they order what fits, and never
 * bring in what does not.
 */
import type { Interlinker, Opinions } from './documents';
import { splitId } from './envelope';
import { weighed } from './opinions';

export type Reason =
  | { because: 'answers'; profiles: string[] }
  | { because: 'used'; times: number }
  | { because: 'rated'; mean: number; count: number }
  | { because: 'ready' };

export interface Recommendation {
  interlinker: Interlinker;
  /** The problem profiles that both name. */
  shared: string[];
  /** The strongest first. */
  reasons: Reason[];
}

/** What is known beside the blocks themselves. */
export interface Known {
  /** By key of the INTERLINKER. */
  opinions?: ReadonlyMap<string, Opinions>;
  /** How often something was made from it in this process, by its key. */
  used?: ReadonlyMap<string, number>;
}

/** How often something was made from each block, by its key. */
export function timesUsed(made: readonly { made_from?: string | null }[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { made_from: key } of made) if (key) times.set(key, (times.get(key) ?? 0) + 1);
  return times;
}

const readable = 0.6;
const ready = 0.2;
const usedHere = 0.5;
const perStar = 0.25;
const good = 3.5; // stars from which the opinion of others is a reason
const ease = ['very_easy', 'easy', 'medium', 'difficult', 'very_difficult'];

export function recommend(
  profiles: readonly string[],
  interlinkers: readonly Interlinker[],
  language: string,
  limit = 3,
  { opinions, used }: Known = {},
): Recommendation[] {
  const wanted = new Set(profiles);
  const answered = new Map<string, number>();
  for (const one of interlinkers)
    for (const profile of new Set(one.profiles)) answered.set(profile, (answered.get(profile) ?? 0) + 1);
  const rarity = (profile: string) => Math.log(1 + interlinkers.length / (answered.get(profile) ?? 1));

  return interlinkers
    .map((interlinker) => {
      const key = splitId(interlinker._id).key;
      const shared = interlinker.profiles
        .filter((profile) => wanted.has(profile))
        .sort((a, b) => rarity(b) - rarity(a));
      const times = used?.get(key) ?? 0;
      const said = opinions?.get(key);
      const stars = weighed(said);
      const score =
        shared.reduce((sum, profile) => sum + rarity(profile), 0) +
        (interlinker.languages.includes(language) ? readable : 0) +
        (interlinker.template ? ready : 0) +
        (times > 0 ? usedHere : 0) +
        (stars - weighed(undefined)) * perStar;
      const reasons: Reason[] = [{ because: 'answers', profiles: shared }];
      if (times > 0) reasons.push({ because: 'used', times });
      if (said && stars >= good) reasons.push({ because: 'rated', mean: said.mean, count: said.count });
      if (interlinker.template) reasons.push({ because: 'ready' });
      return { interlinker, shared, reasons, score };
    })
    .filter(({ shared }) => shared.length > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        ease.indexOf(a.interlinker.difficulty) - ease.indexOf(b.interlinker.difficulty) ||
        (a.interlinker._id < b.interlinker._id ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ interlinker, shared, reasons }) => ({ interlinker, shared, reasons }));
}
