/** Rights in words: never R, W and X. */
import { since } from '$lib/i18n/format';
import { language } from '$lib/i18n/language.svelte';
import { m } from '$lib/i18n/messages';
import type { Effect, Preview } from '$lib/api/rights';
import { RIGHTS, type Right } from '$lib/model/access';
import { aboveOf, type Cell, type Flags, type Wish } from '$lib/model/rights';
import { textIn } from '$lib/model/text';
import type { RightsPlan, RightsTeam } from './plan.svelte';
import type { Row } from './rows';

const WORDS: Record<Right, () => string> = {
  access: m.right_see,
  create: m.right_add,
  delete: m.right_delete,
};

export const rightsWords = (flags: Flags): string =>
  RIGHTS.filter((right) => flags[right])
    .map((right) => WORDS[right]())
    .join(', ') || m.right_nothing();

export const originWords = (cell: Cell): string =>
  cell.closed ? m.rights_closed_here() : cell.here ? m.rights_set_here() : m.rights_from_above();

export const itemName = (row: Row): string =>
  row.target === null ? m.rights_whole_process() : textIn(row.name, language.code).text;

export const teamName = (team: RightsTeam): string => team.name.text;

/** What one collected change does, in a sentence. */
export function wishSentence(plan: RightsPlan, wish: Wish): string {
  const row = plan.rows.find((one) => one.target === wish.target);
  const team = plan.teams.find((one) => one.id === wish.team);
  if (!row || !team) return '';
  const names = { item: itemName(row), team: teamName(team) };
  if (wish.flags === null)
    return m.rights_wish_above({ ...names, rights: rightsWords(aboveOf(plan.wished, wish.team, row.path)) });
  return wish.flags.access
    ? m.rights_wish({ ...names, rights: rightsWords(wish.flags) })
    : m.rights_wish_close(names);
}

const LOSES: Record<Right, (effect: { count: number; texts: string }) => string> = {
  access: m.rights_lose_see,
  create: ({ count }) => m.rights_lose_add({ count }),
  delete: ({ count }) => m.rights_lose_delete({ count }),
};
const GAINS: typeof LOSES = {
  access: m.rights_gain_see,
  create: ({ count }) => m.rights_gain_add({ count }),
  delete: ({ count }) => m.rights_gain_delete({ count }),
};

/** Who loses and who gains, one sentence each; the loudest right of a cell speaks for its others. */
export function effectSentences({ loses, gains }: Preview): string[] {
  if (loses.length + gains.length === 0) return [m.rights_nobody_changes()];
  return [
    ...(loses.length > 0 ? loudest(loses).map(loseSentence) : [m.rights_nobody_loses()]),
    ...(gains.length > 0 ? loudest(gains).map((one) => spoken(GAINS, one)) : [m.rights_nobody_gains()]),
  ];
}

/** Work of people who lose waits on phones that have been silent: whoever decides should know. */
export const isSilent = (preview: Preview): boolean => preview.loses.some((effect) => effect.waiting > 0);

const loudest = (effects: readonly Effect[]) =>
  effects.filter(
    (one) =>
      !effects.some(
        (other) =>
          other.team === one.team &&
          other.item === one.item &&
          RIGHTS.indexOf(other.verb) < RIGHTS.indexOf(one.verb),
      ),
  );

function loseSentence(effect: Effect): string {
  const lost = spoken(LOSES, effect);
  if (effect.waiting === 0) return lost;
  const count = effect.waiting;
  const waits = effect.lastSeen
    ? m.rights_waiting_since({ count, when: since(effect.lastSeen) })
    : m.rights_waiting({ count });
  return `${lost} ${waits}`;
}

const spoken = (words: typeof LOSES, effect: Effect) =>
  words[effect.verb]({ count: effect.people, texts: m.rights_texts({ count: effect.documents }) });
