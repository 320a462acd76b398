/**
 * The table «teams × tree»: what each cell says, and what it would say with changes that are collected but not yet saved.
 * A cell is set here, or it comes from above: from the nearest item over it where the team has a grant.
 */
import { deepest, RIGHTS, type Grant, type Path, type Right } from './access';

export type Flags = Record<Right, boolean>;

export const NO_FLAGS: Flags = { access: false, create: false, delete: false };

export interface Cell {
  flags: Flags;
  /** A grant stands on this very item. */
  here: boolean;
  /** Set here, and it lets nobody in. */
  closed: boolean;
}

/** One cell that somebody wants to be different. `flags` none: as above it. */
export interface Wish {
  team: string;
  /** Null: the whole process. */
  target: string | null;
  flags: Flags | null;
}

/** What one team may do at the end of a path. */
export function cellOf(grants: readonly Grant[], team: string, path: Path): Cell {
  const its = grants.filter((grant) => grant.team === team);
  const item = path.at(-1);
  const whole = path.length === 1;
  const here = its.some((grant) => grant.target === item || (whole && !grant.target));
  const flags = flagsOf((right) => deepest(its, right, path).allowed);
  return { flags, here, closed: here && !flags.access };
}

/** What the cell would say if nothing were set on it. */
export const aboveOf = (grants: readonly Grant[], team: string, path: Path): Flags =>
  path.length > 1 ? cellOf(grants, team, path.slice(0, -1)).flags : NO_FLAGS;

/** The grants as they would be. */
export function withWishes(grants: readonly Grant[], process: string, wishes: readonly Wish[]): Grant[] {
  const same = (grant: Grant, wish: Wish) =>
    grant.team === wish.team && place(grant.target, process) === wish.target;
  const kept = grants.filter((grant) => !wishes.some((wish) => same(grant, wish)));
  return [
    ...kept,
    ...wishes.flatMap(({ team, target, flags }) => (flags ? [{ team, target, ...flags }] : [])),
  ];
}

/** Add a wish: the last one for a cell counts, and one that asks for what is there already is none. */
export function addWish(
  grants: readonly Grant[],
  process: string,
  wishes: readonly Wish[],
  wish: Wish,
): Wish[] {
  const others = wishes.filter((one) => one.team !== wish.team || one.target !== wish.target);
  const now = grants.filter(
    (grant) => grant.team === wish.team && place(grant.target, process) === wish.target,
  );
  const nothingNew =
    wish.flags === null
      ? now.length === 0
      : now.length > 0 &&
        sameFlags(
          wish.flags,
          flagsOf((right) => now.some((grant) => grant[right])),
        );
  return nothingNew ? others : [...others, wish];
}

/** The whole process is null everywhere; some grants name it by its id. */
const place = (target: string | null | undefined, process: string) =>
  !target || target === process ? null : target;

export const sameFlags = (a: Flags, b: Flags) => RIGHTS.every((right) => a[right] === b[right]);

const flagsOf = (has: (right: Right) => boolean): Flags => ({
  access: has('access'),
  create: has('create'),
  delete: has('delete'),
});

/** The choices that make sense, from least to most. */
export const CHOICES: readonly Flags[] = [
  NO_FLAGS,
  { access: true, create: false, delete: false },
  { access: true, create: true, delete: false },
  { access: true, create: true, delete: true },
];
