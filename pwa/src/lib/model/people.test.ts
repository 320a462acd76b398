import { describe, expect, it } from 'vitest';
import type { MemberDocument, TeamDocument } from './documents';
import { together } from './people';
import type { ProcessView } from './process';
import { buildTree } from './tree';

const member = (id: string, name: string, roles: string[] = []) =>
  [id, { _id: `all:member:${id}`, name, kind: 'cit', roles } as MemberDocument] as const;
const team = (id: string, members: string[]) =>
  [
    id,
    { _id: `all:team:${id}`, name: { en: id }, kind: 'citizen', members } as unknown as TeamDocument,
  ] as const;
const teams = new Map([team('madona', ['anna', 'ilze', 'quiet']), team('city', ['marta'])]);
const view: ProcessView = {
  id: 'p',
  space: 'process-p',
  process: undefined,
  tree: buildTree([]),
  members: new Map([
    member('anna', 'Anna'),
    member('ilze', 'Ilze'),
    member('marta', 'Marta', ['administrator']),
    member('left', 'Edgars'),
  ]),
  teams,
  standing: { member: 'ilze', administrator: false, teams: [...teams.values()], grants: [] },
};
const names = (people: { name: string }[]) => people.map((one) => one.name);

describe('people of a process, without a network', () => {
  it('stand in their teams, I first, who has no name here last', () => {
    expect(names(together(view).teams[0]!.members)).toEqual(['Ilze', 'Anna', '']);
    expect(together(view).teams[0]).toMatchObject({ people: 3 });
  });

  it('are counted once each, those without a team too', () => {
    expect(together(view).count).toBe(5);
    expect(names(together(view).others)).toEqual(['Edgars']);
  });

  it('who administer are named', () => {
    expect(names(together(view).administrators)).toEqual(['Marta']);
  });
});

it('with the server everybody has a name, and a phone that may be silent', () => {
  const told = {
    teams: [
      {
        id: 'madona',
        name: { en: 'Madona' },
        kind: 'citizen' as const,
        organisation: null,
        people: 2,
        administrator: true,
        observers: false,
      },
    ],
    members: [
      { ...together(view).others[0]!, member: 'quiet', name: 'Quiet', teams: ['madona'], waiting: 3 },
      { ...together(view).others[0]!, member: 'ilze', name: 'Ilze', teams: ['madona'], me: true },
      { ...together(view).others[0]!, member: 'x', name: 'Elsewhere', teams: ['unknown'] },
    ],
  };
  const {
    teams: [madona],
    others,
    count,
  } = together(view, told);
  expect(names(madona!.members)).toEqual(['Ilze', 'Quiet']);
  expect(madona).toMatchObject({ mine: true, people: 2 });
  expect(madona!.members[1]).toMatchObject({ waiting: 3 });
  expect(names(others)).toEqual(['Elsewhere']);
  expect(count).toBe(3);
});
