/** The people of one process, as the server knows them: what its documents do not tell everybody. */
import type { Text } from '../model/documents';
import type { PartnerKind } from '../model/process';
import type { TeamKind } from '../model/team';
import { allPages, ask, query, type Page } from './ask';

export interface ProcessTeam {
  id: string;
  name: Text;
  kind: TeamKind;
  /** Name of its organisation. */
  organisation: Text | null;
  people: number;
  /** I may change the team itself. */
  administrator: boolean;
  /** The team of those who only look on. */
  observers: boolean;
}

export interface ProcessMember {
  member: string;
  name: string;
  kind: PartnerKind;
  teams: string[];
  administrator: boolean;
  me: boolean;
  /** Told to administrators, of people who agreed: when their phones last synced, how much waits there. */
  lastSync?: string;
  waiting?: number;
}

export interface People {
  teams: ProcessTeam[];
  members: ProcessMember[];
}

interface PeoplePage extends People, Page {}

export async function people(process: string): Promise<People> {
  const pages = await allPages((after) =>
    ask<PeoplePage>('GET', `processes/${process}/people${query({ after })}`),
  );
  return { teams: pages[0]?.teams ?? [], members: pages.flatMap((page) => page.members) };
}

export const makeAdministrator = (process: string, member: string) =>
  ask<void>('PUT', `processes/${process}/administrators/${member}`);

export const endAdministrator = (process: string, member: string) =>
  ask<void>('DELETE', `processes/${process}/administrators/${member}`);

/** One change of who belongs and who may what; no content, no address. */
export interface Line {
  at: string;
  what: string;
  /** Who did it, and whom it concerns: names in this process; null for the server, and for who is gone. */
  by: string | null;
  about: string | null;
  me: boolean;
}

/** A page of what was recorded about a process, newest first: all of it for administrators, else what concerns me. */
export const recordedIn = (process: string, after?: string) =>
  ask<{ lines: Line[] } & Page>('GET', `processes/${process}/audit${query({ after })}`);

/** `me`: I leave. */
export const removeMember = (process: string, member: string) =>
  ask<void>('DELETE', `processes/${process}/members/${member}`);

export interface Application {
  id: string;
  process: string | null;
  processName: Text | null;
  team: string | null;
  teamName: Text | null;
  /** Of the applicant. */
  name: string;
  mine: boolean;
  reason: string;
  state: 'waiting' | 'accepted' | 'declined';
  created: string;
  answer: string;
  answered: string | null;
}

type ApplicationsOf = { process: string } | { team: string } | 'me';

/** The first page is enough: those that wait come first. */
export const applications = (of: ApplicationsOf) =>
  ask<{ applications: Application[] }>(
    'GET',
    of === 'me'
      ? 'applications'
      : 'process' in of
        ? `processes/${of.process}/applications`
        : `teams/${of.team}/applications`,
  ).then((page) => page.applications);

export const apply = (to: { process: string } | { team: string }, reason: string) =>
  ask<Application>('POST', 'applications', { ...to, reason });

export const answerApplication = (id: string, answer: { accept: boolean; answer: string; team?: string }) =>
  ask<Application>('PUT', `applications/${id}`, answer);
