/**
 * A place that is handed on: who has it names somebody (`hand_to`), that person asks for it (`takes_from`), and the server
 * moves it. Until both have said so nothing moves: the words of `backend/codelivery/places.py`.
 */
import type { Claim, Need, Placed } from './documents';
import { splitId } from './envelope';

/** Of one occurrence, by member. */
interface Said {
  claims: readonly Claim[];
  places: readonly Placed[];
}

const at = <D extends { _id: string }>(all: readonly D[], occurrence: string, member: string) =>
  all.find((one) => splitId(one._id).key === `${occurrence}-${member}`);

/** Who offers me their place at an occurrence, and still has it; once I said no, nobody does. */
export function offersTo(me: string, occurrence: string, { claims, places }: Said): string[] {
  const mine = at(claims, occurrence, me);
  if (mine?.state === 'withdrawn') return [];
  return claims
    .filter((one) => one.hand_to === me && one.state !== 'withdrawn')
    .map((one) => one.author)
    .filter((giver) => at(claims, occurrence, giver)?.hand_to === me)
    .filter((giver) => at(places, occurrence, giver)?.outcome === 'confirmed')
    .filter((giver) => mine?.takes_from !== giver);
}

/** Whether this offer is one half of a swap: who makes it asks for a place that I offered at another time. */
export const inReturn = (me: string, giver: string, claims: readonly Claim[]): boolean =>
  claims.some((one) => one.author === giver && one.takes_from === me && one.state !== 'withdrawn');

/** What became of the offer I made: still open, or whom I named said no. */
export function offerOf(
  me: string,
  occurrence: string,
  { claims }: Pick<Said, 'claims'>,
): { to: string; refused: boolean } | undefined {
  const to = at(claims, occurrence, me)?.hand_to;
  return to ? { to, refused: at(claims, occurrence, to)?.state === 'withdrawn' } : undefined;
}

/** Whom I can name: members with a name, in the teams that are asked, who have no place yet and did not say no. */
export function takers(
  me: string,
  occurrence: string,
  need: Pick<Need, 'teams'>,
  members: Iterable<string>,
  teams: ReadonlyMap<string, { members?: string[] }>,
  { claims, places }: Said,
): string[] {
  const asked = need.teams?.length
    ? new Set(need.teams.flatMap((team) => teams.get(team)?.members ?? []))
    : undefined;
  return [...members].filter(
    (one) =>
      one !== me &&
      (!asked || asked.has(one)) &&
      at(places, occurrence, one)?.outcome !== 'confirmed' &&
      at(claims, occurrence, one)?.state !== 'withdrawn',
  );
}
