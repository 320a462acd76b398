/** A team as documents tell of it. Its name is in several languages; released phones and servers knew it as one string. */
import type { TeamDocument, Text } from './documents';
import type { PartnerKind } from './process';
import { textIn, type Shown } from './text';

export type TeamKind = TeamDocument['kind'];

/** The kinds of teams, in the order in which they are offered. */
export const TEAM_KINDS: readonly TeamKind[] = [
  'citizen',
  'public_administration',
  'nonprofit_organization',
  'forprofit_organization',
];

/** Which of the three partners a team is, and so its shape. */
export const partnerOf = (kind: TeamKind): PartnerKind =>
  kind === 'public_administration' ? 'gov' : kind === 'citizen' ? 'cit' : 'com';

/** A name that is one string belongs to no language. */
export const nameIn = (name: Text | string | undefined, language: string): Shown =>
  typeof name === 'string' ? { text: name, lang: '', missing: false } : textIn(name, language);
