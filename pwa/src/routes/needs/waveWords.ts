import { duration } from '$lib/i18n/format';
import { m } from '$lib/i18n/messages';
import type { AskedMember, Reached, Wave } from '$lib/api/calls';

export function whyOf(wave: Wave): string {
  const count = wave.asked.length;
  if (wave.why === 'first') return m.wave_first({ count });
  return wave.why === 'wider' ? m.wave_wider({ count }) : m.wave_again({ count });
}

/** What came of a wave, in numbers that rank nobody. */
export function resultOf(wave: Wave): string {
  const many = (answer: AskedMember['answer']) => wave.asked.filter((one) => one.answer === answer).length;
  return m.wave_answers({ yes: many('yes'), no: many('no'), none: many('none') });
}

/** The time within which half of those who answered did; undefined while nobody has. */
export function medianSeconds(asked: readonly Pick<AskedMember, 'afterSeconds'>[]): number | undefined {
  const times = asked.flatMap((one) => one.afterSeconds ?? []).sort((a, b) => a - b);
  return times[Math.ceil(times.length / 2) - 1];
}

const reached: Record<Reached, () => string> = {
  inbox: m.reach_inbox,
  queued: m.reach_queued,
  sent: m.reach_sent,
  shown: m.reach_shown,
  opened: m.reach_opened,
  acted: m.reach_acted,
  failed: m.reach_failed,
};

/** «Yes, after 12 min» or «No answer yet, shown». */
export function toldOf(asked: AskedMember): string {
  if (asked.answer === 'none') return `${m.asked_none()}, ${reached[asked.reached]()}`;
  const word = asked.answer === 'yes' ? m.asked_yes() : m.asked_no();
  return asked.afterSeconds === null
    ? word
    : `${word}, ${m.asked_after({ time: duration(asked.afterSeconds / 60) })}`;
}
