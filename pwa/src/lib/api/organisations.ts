/** Organisations: administrations, associations, companies, with their teams. */
import type { Text } from '../model/documents';
import type { TeamKind } from '../model/team';
import { allPages, ask, query, type Page } from './ask';
import type { Team } from './teams';

export type TeamCreation = 'administrators' | 'members' | 'anyone';

export interface OrganisationFacts {
  name: Text;
  description: Text;
  /** Everybody who is signed in finds it and its teams. */
  public: boolean;
  defaultTeamKind: TeamKind;
  teamCreation: TeamCreation;
}

export interface Organisation extends OrganisationFacts {
  id: string;
  /** Address of the picture; another one after every change of it. */
  logo: string | null;
  teams: number;
  administrator: boolean;
  /** I am in one of its teams or administer it. */
  member: boolean;
  mayCreateTeams: boolean;
  /** Told to its members only. */
  administrators?: { account: string; name: string }[];
}

interface OrganisationsPage extends Page {
  organisations: Organisation[];
}
interface TeamsPage extends Page {
  teams: Team[];
}

/** Mine and public ones, the first hundred that fit. */
export const organisations = (search = '') =>
  ask<OrganisationsPage>('GET', `organisations${query({ search })}`).then((page) => page.organisations);

export const organisation = (id: string) => ask<Organisation>('GET', `organisations/${id}`);

export const createOrganisation = (wanted: OrganisationFacts) =>
  ask<Organisation>('POST', 'organisations', wanted);

export const changeOrganisation = (id: string, change: Partial<OrganisationFacts>) =>
  ask<Organisation>('PATCH', `organisations/${id}`, change);

export const deleteOrganisation = (id: string) => ask<void>('DELETE', `organisations/${id}`);

export const teamsOf = async (id: string) =>
  (await allPages((after) => ask<TeamsPage>('GET', `organisations/${id}/teams${query({ after })}`))).flatMap(
    (page) => page.teams,
  );

export const makeOrganisationAdministrator = (id: string, account: string) =>
  ask<void>('PUT', `organisations/${id}/administrators/${account}`);

export const endOrganisationAdministrator = (id: string, account: string) =>
  ask<void>('DELETE', `organisations/${id}/administrators/${account}`);

/** A small PNG, JPEG or WebP; the server looks at it again. */
export const setLogo = (id: string, picture: Blob) => ask<void>('PUT', `organisations/${id}/logo`, picture);
