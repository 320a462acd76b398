/**
 * The people of a process by their teams. The documents on this device tell most of it, offline too; what the server tells on top
 * (names of those who have not contributed yet, whose phones are silent) is added when there is a network.
 */
import type { Text } from './documents';
import type { PartnerKind, ProcessView } from './process';
import { kindOf } from './process';
import { byAlphabet } from './search';
import type { TeamKind } from './team';

export interface PersonHere {
  member: string;
  /** Empty: this device does not know it. */
  name: string;
  kind: PartnerKind;
  administrator: boolean;
  me: boolean;
  /** When the person's phones last synced and how much waits there: to administrators, of people who agreed. */
  lastSync?: string;
  waiting?: number;
}

export interface TeamHere {
  id: string;
  name: Text | string;
  kind: TeamKind;
  organisation?: Text | null;
  /** How many are in it; more than `members` while the server was not asked. */
  people: number;
  members: PersonHere[];
  /** I may change the team itself. */
  mine: boolean;
  observers: boolean;
}

export interface Together {
  teams: TeamHere[];
  /** Members who are in no team of this process. */
  others: PersonHere[];
  administrators: PersonHere[];
  count: number;
}

interface Told {
  teams: readonly {
    id: string;
    name: Text;
    kind: TeamKind;
    organisation: Text | null;
    people: number;
    administrator: boolean;
    observers: boolean;
  }[];
  members: readonly (Omit<PersonHere, never> & { teams: readonly string[] })[];
}

export function together(view: ProcessView, told?: Told): Together {
  return told ? fromServer(told) : fromDocuments(view);
}

function fromServer({ teams, members }: Told): Together {
  const sorted = [...members].sort(byName);
  const known = new Set(teams.map((team) => team.id));
  return {
    teams: teams.map(({ administrator, ...team }) => ({
      ...team,
      mine: administrator,
      members: sorted.filter((member) => member.teams.includes(team.id)),
    })),
    others: sorted.filter((member) => !member.teams.some((team) => known.has(team))),
    administrators: sorted.filter((member) => member.administrator),
    count: members.length,
  };
}

function fromDocuments(view: ProcessView): Together {
  const ids = new Set([
    ...view.members.keys(),
    ...[...view.teams.values()].flatMap((team) => team.members ?? []),
  ]);
  const people = new Map([...ids].map((member) => [member, person(view, member)]));
  const teams = [...view.teams].map(([id, { name, kind, members = [] }]): TeamHere => {
    const here = members.flatMap((member) => people.get(member) ?? []).sort(byName);
    return { id, name, kind, people: members.length, members: here, mine: false, observers: false };
  });
  const all = [...people.values()].sort(byName);
  const placed = new Set(teams.flatMap((team) => team.members.map((one) => one.member)));
  return {
    teams,
    others: all.filter((one) => !placed.has(one.member)),
    administrators: all.filter((one) => one.administrator),
    count: all.length,
  };
}

function person(view: ProcessView, member: string): PersonHere {
  const known = view.members.get(member);
  const me = member === view.standing.member;
  return {
    member,
    name: known?.name ?? '',
    kind: kindOf(view, member),
    administrator: known?.roles?.includes('administrator') ?? (me && view.standing.administrator),
    me,
  };
}

/** Me first, then by name; who has none comes last. */
function byName(a: PersonHere, b: PersonHere): number {
  if (a.me !== b.me) return a.me ? -1 : 1;
  if (!a.name !== !b.name) return a.name ? -1 : 1;
  return byAlphabet(a.name, b.name);
}
