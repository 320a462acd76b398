/** Grants of a process: read with the number of their state, previewed, and changed all at once or not at all. */
import type { Grant, Right } from '../model/access';
import { ask } from './ask';

export interface Grants {
  /** Moves with every change; a change made to another version is a conflict (409). */
  version: number;
  grants: (Grant & { id: string })[];
}

/** One cell: its three flags, or «as above it» again. */
export type GrantChange =
  | { team: string; target: string | null; access: boolean; create: boolean; delete: boolean }
  | { team: string; target: string | null; remove: true };

/** What one change opens or closes for people. */
export interface Effect {
  team: string;
  /** Null: the whole process. */
  item: string | null;
  verb: Right;
  people: number;
  /** How many documents they can read from now on, or no more. */
  documents: number;
  /** Of people who lose: how many have unsent work on a phone, as far as they share it. */
  waiting: number;
  /** When the phone of these that was silent longest last synced. */
  lastSeen: string | null;
}

export interface Preview {
  gains: Effect[];
  loses: Effect[];
  peopleChanged: number;
}

export const grants = (process: string) => ask<Grants>('GET', `processes/${process}/grants`);

export const previewGrants = (process: string, version: number, changes: readonly GrantChange[]) =>
  ask<Preview>('POST', `processes/${process}/grants/preview`, { version, changes });

export const saveGrants = (process: string, version: number, changes: readonly GrantChange[]) =>
  ask<Grants>('PUT', `processes/${process}/grants`, { version, changes });
