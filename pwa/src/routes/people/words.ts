/** Kinds of teams and what is known of phones, in words. */
import { since } from '$lib/i18n/format';
import { m } from '$lib/i18n/messages';
import type { PersonHere } from '$lib/model/people';
import type { TeamKind } from '$lib/model/team';

const KINDS: Record<TeamKind, () => string> = {
  citizen: m.team_kind_citizen,
  public_administration: m.team_kind_public_administration,
  nonprofit_organization: m.team_kind_nonprofit,
  forprofit_organization: m.team_kind_forprofit,
};
export const kindWord = (kind: TeamKind) => KINDS[kind]();

export const personName = (person: Pick<PersonHere, 'name' | 'me'>) =>
  person.name || (person.me ? m.you() : m.someone());

/** What a coordinator is told of somebody's phones; empty when they do not share it. */
export function phoneWords({ lastSync, waiting = 0 }: PersonHere): string {
  const words = [
    ...(lastSync ? [m.phone_last_sync({ when: since(lastSync) })] : []),
    ...(waiting > 0 ? [m.phone_waiting({ count: waiting })] : []),
  ];
  return words.join(' · ');
}
