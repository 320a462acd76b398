/**
 * What I may do in a process, as the server will judge it, and why: known here so that screens offer only what will be accepted.
 *
 * Per flag the deepest grant on the way from the process to the item wins, also when it denies; at equal depth one yes is enough;
 * administrators may everything; no grant is no right. The server's own answers to thousands of such questions lie beside this
 * file (access.vectors.json) and a test holds the two together.
 */
import type { GrantDocument, TeamDocument } from './documents';

export type Right = 'access' | 'create' | 'delete';
export const RIGHTS: readonly Right[] = ['access', 'create', 'delete'];

/** What one team may do, on the whole process (no target) or on one item of its tree. */
export type Grant = Pick<GrantDocument, 'team' | 'target' | Right>;

export interface Standing {
  member: string | undefined;
  administrator: boolean;
  teams: readonly TeamDocument[];
  grants: readonly Grant[];
}

/** ULIDs from the process down to the item; empty for an item that hangs nowhere: administrators only. */
export type Path = readonly string[];

/** The answer, and what decided it. */
export interface Decision {
  allowed: boolean;
  /** grant: one on the way decided · administrator: they may everything · nothing: no grant speaks of it. */
  because: 'administrator' | 'grant' | 'nothing';
  /** Of a grant: the teams of mine that decided. */
  teams: readonly string[];
  /** Of a grant: the item it stands on; none for the whole process. */
  at?: string;
}

const NOTHING: Decision = { allowed: false, because: 'nothing', teams: [] };

export const may = (standing: Standing, right: Right, path: Path): boolean =>
  decide(standing, right, path).allowed;

/** Say whether I may, and why. */
export function decide(standing: Standing, right: Right, path: Path): Decision {
  const { member } = standing;
  if (!member) return NOTHING;
  if (standing.administrator) return { allowed: true, because: 'administrator', teams: [] };
  const mine = new Set(
    standing.teams
      .filter((team) => team.members?.includes(member))
      .map((team) => team._id.slice(team._id.lastIndexOf(':') + 1)),
  );
  return deepest(
    standing.grants.filter((grant) => mine.has(grant.team)),
    right,
    path,
  );
}

/** The same rule for a set of grants, whoever they belong to: the first item from below that one of them names decides. */
export function deepest(grants: readonly Grant[], right: Right, path: Path): Decision {
  const [process] = path;
  if (process === undefined) return NOTHING;
  for (const item of [...path].reverse()) {
    const whole = item === process;
    const here = grants.filter((grant) => grant.target === item || (whole && !grant.target));
    if (here.length === 0) continue;
    const allowing = here.filter((grant) => grant[right]);
    const teams = [...new Set((allowing.length > 0 ? allowing : here).map((grant) => grant.team))];
    return { allowed: allowing.length > 0, because: 'grant', teams, ...(whole ? {} : { at: item }) };
  }
  return NOTHING;
}
