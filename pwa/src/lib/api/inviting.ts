/** Invitations from the side of those who make them. */
import { ask } from './ask';

export type Role = 'member' | 'observer';

export interface NewInvitation {
  process?: string;
  team?: string;
  role: Role;
  expiresDays: number;
  /** How many people may join by it. */
  uses: number;
  emails: string[];
  language: string;
  /** When the access of observers ends. */
  until?: string;
}

export interface Invitation {
  id: string;
  link: string;
  /** The link as a picture, in SVG. */
  qr: string;
  process: string | null;
  team: string | null;
  role: Role;
  created: string;
  expires: string;
  until: string | null;
  uses: number;
  used: number;
  revoked: boolean;
  /** Somebody can still join by it. */
  open: boolean;
  /** Name of who made it. */
  by: string | null;
  /** How many mails are on their way; told once, when it is made. */
  mailed: number;
}

type InvitationsOf = { process: string } | { team: string };

const place = (of: InvitationsOf) => ('process' in of ? `processes/${of.process}` : `teams/${of.team}`);

/** Newest first; the first page is enough to show and to revoke. */
export const invitations = (of: InvitationsOf) =>
  ask<{ invitations: Invitation[] }>('GET', `${place(of)}/invitations`).then((page) => page.invitations);

export const invite = (wanted: NewInvitation) => ask<Invitation>('POST', 'invitations', wanted);

export const revoke = (id: string) => ask<void>('DELETE', `invitations/${id}`);
