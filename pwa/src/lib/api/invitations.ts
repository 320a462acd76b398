/** Invitations, as those meet them who were invited. The token travels in bodies only, never in an address. */
import type { Task, Text } from '../model/documents';
import type { TeamKind } from '../model/team';
import { ask } from './ask';

export interface Invitation {
  process: {
    id: string;
    name: Text;
    aim: Text | null;
    place: string;
    languages: string[];
    phases: { name: Text; status: Task['status']; progress: number }[];
  } | null;
  /** The team one would join. */
  team: { name: Text; kind: TeamKind } | null;
  organisation: { id: string; name: Text; logo: string | null } | null;
  /** What one joins as. */
  invitedAs: 'member' | 'observer';
  /** RFC 3339. */
  expires: string;
  /** How many people may still join. */
  places: number;
  /** The person signed in here has joined already. */
  alreadyIn: boolean;
}

export interface Joined {
  space: string | null;
  process: string | null;
  team: string | null;
  /** The first open task one may contribute to. */
  task: string | null;
}

/** What it is about. Throws Problem with code invitation_unknown, _expired, _used or _revoked. */
export const look = (token: string) => ask<Invitation>('POST', 'invitations/look', { token });

/** Join. Doing it twice is one membership. */
export const accept = (token: string) => ask<Joined>('POST', 'invitations/accept', { token });
