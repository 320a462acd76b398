import { describe, expect, it } from 'vitest';
import { decide, may, RIGHTS, type Grant, type Standing } from './access';
import vectors from './access.vectors.json';
import type { TeamDocument } from './documents';

const team = (id: string, ...members: string[]) => ({ _id: `all:team:${id}`, members }) as TeamDocument;
const grant = (teamId: string, target: string | null, create: boolean): Grant => ({
  team: teamId,
  target,
  access: true,
  create,
  delete: false,
});
const standing = (grants: Grant[], administrator = false): Standing => ({
  member: 'ilze',
  administrator,
  teams: [team('madona', 'ilze', 'anna'), team('library', 'marta'), team('readers', 'ilze')],
  grants,
});
const path = ['process', 'phase', 'objective', 'task'];

describe('what I may do', () => {
  it('is what the server says, in every one of its own examples', () => {
    const differing = vectors.filter(({ grants, teams, administrator, path, may: said }) => {
      const given = grants.map(([team, target, flags]) => ({
        team: team ?? '',
        target,
        access: flags?.includes('a') ?? false,
        create: flags?.includes('c') ?? false,
        delete: flags?.includes('d') ?? false,
      }));
      const mine = { member: 'me', administrator, teams: teams.map((id) => team(id, 'me')), grants: given };
      return (
        RIGHTS.filter((right) => may(mine, right, path))
          .map((right) => right[0])
          .join('') !== said
      );
    });
    expect(vectors.length).toBeGreaterThan(300);
    expect(differing).toEqual([]);
  });

  it('is nothing for who is no member', () => {
    const stranger = { ...standing([grant('madona', null, true)], true), member: undefined };
    expect(may(stranger, 'access', path)).toBe(false);
  });
});

describe('why I may', () => {
  it('names the teams that allow and the item their grant stands on', () => {
    const rights = standing([grant('madona', null, false), grant('readers', 'objective', true)]);
    expect(decide(rights, 'create', path)).toEqual({
      allowed: true,
      because: 'grant',
      teams: ['readers'],
      at: 'objective',
    });
  });

  it('names every team that denies, when none of those nearest allows', () => {
    const rights = standing([grant('madona', 'task', false), grant('readers', 'task', false)]);
    expect(decide(rights, 'create', path).teams).toEqual(['madona', 'readers']);
  });

  it('says that a grant on the whole process stands on no item', () => {
    expect(decide(standing([grant('madona', 'process', true)]), 'create', path)).not.toHaveProperty('at');
  });

  it('tells an administrator from somebody whom nobody gave anything', () => {
    expect(decide(standing([], true), 'delete', path).because).toBe('administrator');
    expect(decide(standing([grant('library', null, true)]), 'access', path).because).toBe('nothing');
  });
});
