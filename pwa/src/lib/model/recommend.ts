/** Which building blocks help with a task: those that answer the same kinds of problem, few, and with the reason. */
import type { Interlinker } from './documents';

export interface Recommendation {
  interlinker: Interlinker;
  /** The problem profiles that both name: the «why». */
  shared: string[];
}

const ease = ['very_easy', 'easy', 'medium', 'difficult', 'very_difficult'];

/** Most shared problems first; then what one can read, then what is easy, then by id, so that all devices agree. */
export function recommend(
  profiles: readonly string[],
  interlinkers: readonly Interlinker[],
  language: string,
  limit = 3,
): Recommendation[] {
  const wanted = new Set(profiles);
  const reads = (one: Interlinker) => (one.languages.includes(language) ? 0 : 1);
  return interlinkers
    .map((interlinker) => ({
      interlinker,
      shared: interlinker.profiles.filter((profile) => wanted.has(profile)),
    }))
    .filter(({ shared }) => shared.length > 0)
    .sort(
      (a, b) =>
        b.shared.length - a.shared.length ||
        reads(a.interlinker) - reads(b.interlinker) ||
        ease.indexOf(a.interlinker.difficulty) - ease.indexOf(b.interlinker.difficulty) ||
        (a.interlinker._id < b.interlinker._id ? -1 : 1),
    )
    .slice(0, limit);
}
