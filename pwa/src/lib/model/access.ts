/**
 * What I may do in a process, as the server will judge it: known here so that screens offer only what will be accepted.
 * Per flag the deepest grant on the way from the process to the item wins, also when it denies; at equal depth one yes is enough;
 * administrators may everything; no grant is no right.
 */
import type { GrantDocument, TeamDocument } from './documents';

export type Right = 'access' | 'create' | 'delete';

export interface Standing {
  member: string | undefined;
  administrator: boolean;
  teams: readonly TeamDocument[];
  grants: readonly GrantDocument[];
}

/** `path`: ULIDs from the phase down to the item; empty for the process itself. */
export function may(standing: Standing, right: Right, path: readonly string[]): boolean {
  const { member } = standing;
  if (!member) return false;
  if (standing.administrator) return true;
  const mine = new Set(
    standing.teams
      .filter((team) => team.members?.includes(member))
      .map((team) => team._id.slice(team._id.lastIndexOf(':') + 1)),
  );
  const grants = standing.grants.filter((grant) => mine.has(grant.team));
  for (const target of [...path].reverse().concat('')) {
    const here = grants.filter((grant) => (grant.target ?? '') === target);
    if (here.length > 0) return here.some((grant) => grant[right]);
  }
  return false;
}
