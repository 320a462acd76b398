/** Teams and their members. */
import type { Text } from '../model/documents';
import type { TeamKind } from '../model/team';
import { allPages, ask, query, type Page } from './ask';

export interface Team {
  id: string;
  name: Text;
  description: Text;
  kind: TeamKind;
  organisation: string | null;
  /** The process it was made for. */
  process: string | null;
  people: number;
  /** I am in it. */
  member: boolean;
  /** I may change it. */
  administrator: boolean;
  /** My application to it waits for an answer. */
  applied: boolean;
}

export interface NewTeam {
  name: Text;
  description: Text;
  kind: TeamKind;
  organisation?: string;
  process?: string;
}

export interface TeamMember {
  account: string;
  name: string;
  administrator: boolean;
  me: boolean;
  joined: string;
  /** When their place in the team ends by itself. */
  until: string | null;
}

export type CsvOutcome = 'joins' | 'already' | 'invited' | 'duplicate' | 'bad';

export interface CsvReport {
  preview: boolean;
  lines: { line: number; email: string; outcome: CsvOutcome; sentence: string }[];
  joins: number;
  already: number;
  invited: number;
  /** Lines that say nothing, and people named twice. */
  bad: number;
}

interface TeamsPage extends Page {
  teams: Team[];
}
interface MembersPage extends Page {
  members: TeamMember[];
}

/** Mine: those I am in or administer. */
export const myTeams = async () =>
  (await allPages((after) => ask<TeamsPage>('GET', `teams${query({ after })}`))).flatMap(
    (page) => page.teams,
  );

export const team = (id: string) => ask<Team>('GET', `teams/${id}`);

export const createTeam = (wanted: NewTeam) => ask<Team>('POST', 'teams', wanted);

export const changeTeam = (id: string, change: Partial<Pick<NewTeam, 'name' | 'description' | 'kind'>>) =>
  ask<Team>('PATCH', `teams/${id}`, change);

export const deleteTeam = (id: string) => ask<void>('DELETE', `teams/${id}`);

export const teamMembers = async (id: string) =>
  (await allPages((after) => ask<MembersPage>('GET', `teams/${id}/members${query({ after })}`))).flatMap(
    (page) => page.members,
  );

export const setTeamMember = (id: string, account: string, administrator: boolean) =>
  ask<void>('PUT', `teams/${id}/members/${account}`, { administrator });

/** `me`: I leave. */
export const removeTeamMember = (id: string, account: string) =>
  ask<void>('DELETE', `teams/${id}/members/${account}`);

export const addFromCsv = (id: string, csv: string, preview: boolean, language: string) =>
  ask<CsvReport>('POST', `teams/${id}/members/csv`, { csv, preview, language });

/** Where the list of members lies as a spreadsheet. */
export const membersCsv = (id: string) => `/api/v1/teams/${id}/members.csv`;
