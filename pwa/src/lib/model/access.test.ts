import { describe, expect, it } from 'vitest';
import { may, type Standing } from './access';
import type { GrantDocument, TeamDocument } from './documents';

const team = (id: string, ...members: string[]) => ({ _id: `all:team:${id}`, members }) as TeamDocument;
const grant = (teamId: string, target: string | null, create: boolean) =>
  ({ team: teamId, target, access: true, create, delete: false }) as GrantDocument;
const standing = (grants: GrantDocument[], administrator = false): Standing => ({
  member: 'ilze',
  administrator,
  teams: [team('madona', 'ilze', 'anna'), team('library', 'marta'), team('readers', 'ilze')],
  grants,
});

describe('what I may do', () => {
  it('follows a grant on the whole process down to every task', () => {
    expect(may(standing([grant('madona', null, true)]), 'create', ['phase', 'objective', 'task'])).toBe(true);
  });

  it('lets the deepest grant win, also when it denies', () => {
    const rights = standing([grant('madona', null, true), grant('madona', 'objective', false)]);
    expect(may(rights, 'create', ['phase', 'objective', 'task'])).toBe(false);
    expect(may(rights, 'create', ['phase'])).toBe(true);
  });

  it('takes one yes of two teams at the same depth', () => {
    const rights = standing([grant('madona', 'task', false), grant('readers', 'task', true)]);
    expect(may(rights, 'create', ['phase', 'objective', 'task'])).toBe(true);
  });

  it('ignores grants of teams I am not in, and is no without any', () => {
    expect(may(standing([grant('library', null, true)]), 'create', ['phase'])).toBe(false);
    expect(may(standing([]), 'access', ['phase'])).toBe(false);
  });

  it('lets administrators do everything, and strangers nothing', () => {
    expect(may(standing([], true), 'delete', ['phase'])).toBe(true);
    expect(may({ ...standing([grant('madona', null, true)]), member: undefined }, 'access', [])).toBe(false);
  });
});
