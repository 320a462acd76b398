import { describe, expect, it } from 'vitest';
import { waitingForMe } from '../home/waitingForMe';
import { guideOf } from './guide';
import { onTheWay } from './said';
import type { Contribution } from '$lib/model/documents';
import { kindOf, mayAt, phaseNow, threadsOf, viewProcess } from '$lib/model/process';

const text = (en: string) => ({ en });
const item = (type: string, id: string, parent: string, order: string, more = {}) => ({
  ...{ _id: `all:${type}:${id}`, type, parent, order, name: text(id), after: [] },
  ...more,
});
const task = (id: string, order: string, more = {}) =>
  item('task', id, 'know', order, { status: 'in_progress', ...more });
const documents = [
  { _id: 'all:process:p', type: 'process', name: text('One counter') },
  item('phase', 'agree', 'p', 'a0'),
  item('phase', 'design', 'p', 'a1'),
  item('objective', 'join', 'agree', 'a0'),
  item('objective', 'know', 'design', 'a0'),
  item('task', 'sign', 'join', 'a0', { status: 'finished' }),
  task('ask', 'a0', { due: '2026-12-04', teams: ['madona', 'gone'] }),
  task('visit', 'a1', { due: '2026-11-24' }),
  task('dream', 'a2'),
  task('choose', 'a3', { after: ['ask', 'sign'] }),
  task('draw', 'a4', { status: 'awaiting' }),
  { _id: 'all:member:marta', type: 'member', name: 'Marta', kind: 'gov' },
  { _id: 'all:team:madona', type: 'team', name: 'Citizens of Madona', kind: 'citizen', members: ['ilze'] },
  {
    _id: 'all:team:balss',
    type: 'team',
    name: 'SIA Balss',
    kind: 'forprofit_organization',
    members: ['edgars'],
  },
  {
    _id: 'all:grant:g',
    type: 'grant',
    team: 'madona',
    target: null,
    access: true,
    create: true,
    delete: false,
  },
];
const view = viewProcess('process-p', documents, { member: 'ilze', administrator: false });
const said = (author: string) => ({ author }) as Contribution;

describe('a process of mine', () => {
  it('is made from loose documents: its name, its tree, its people', () => {
    expect(view.process?.name).toEqual({ en: 'One counter' });
    expect(view.tree.phases.map((phase) => phase.id)).toEqual(['agree', 'design']);
    expect(phaseNow(view.tree)?.id).toBe('design');
  });

  it('knows the kind of partner of who has a name here, and of who is only in a team', () => {
    expect(['marta', 'ilze', 'edgars', 'nobody'].map((member) => kindOf(view, member))).toEqual([
      'gov',
      'cit',
      'com',
      'cit',
    ]);
  });

  it('weaves who took part where', () => {
    const threads = threadsOf(view, new Map([['ask', [said('marta'), said('ilze'), said('marta')]]]));
    expect(threads).toEqual([
      { begun: true, took: [] },
      { begun: true, took: ['gov', 'cit'] },
    ]);
  });

  it('offers writing where the grant lets me', () => {
    expect(mayAt(view, 'create', 'ask')).toBe(true);
    expect(mayAt(view, 'delete', 'ask')).toBe(false);
  });
});

describe('what waits for me', () => {
  it('is under way, waits for nothing else, and the nearest due comes first', () => {
    expect(waitingForMe([view], () => []).map(({ id }) => id)).toEqual(['visit', 'ask', 'dream']);
  });

  it('is nothing where I may only read', () => {
    const reader = viewProcess('process-p', documents, { member: 'edgars' });
    expect(waitingForMe([reader], () => [])).toEqual([]);
  });
});

describe('the guide', () => {
  const nothing = () => ({ answers: 0, waiting: 0, refused: 0 });

  it('names and links what a task waits for, and only what is not finished', () => {
    const tasks = guideOf(view, nothing)[1]?.objectives[0]?.tasks;
    expect(tasks?.find((one) => one.id === 'choose')?.waitsFor).toEqual([
      { name: { en: 'ask' }, href: '/processes/p/tasks/ask' },
    ]);
  });

  it('shows the teams that are here by their names', () => {
    const tasks = guideOf(view, nothing)[1]?.objectives[0]?.tasks;
    expect(tasks?.find((one) => one.id === 'ask')?.teams).toEqual(['Citizens of Madona']);
  });

  it('counts what of mine is on its way at its task, a changed status too', () => {
    const states = new Map([
      ['ask:contribution:1', 'waiting'],
      ['ask:contribution:2', 'refused'],
      ['all:task:ask', 'waiting'],
      ['visit:contribution:3', 'received'],
    ] as const);
    expect(onTheWay(states)).toEqual(new Map([['ask', { waiting: 2, refused: 1 }]]));
  });
});
