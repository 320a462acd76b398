import { describe, expect, it } from 'vitest';
import type { Head } from './head';
import { viewProcess } from './process';
import { blockedIn, lacksOf, nextIn, waitingIn } from './waiting';

const item = (type: string, id: string, parent: string, more = {}) => ({
  ...{ _id: `all:${type}:${id}`, type, parent, order: id, name: { en: id }, after: [] },
  ...more,
});
const task = (id: string, more = {}) => item('task', id, 'know', { status: 'in_progress', ...more });
const team = (id: string, ...members: string[]) => ({
  ...{ _id: `all:team:${id}`, type: 'team', name: { en: id }, kind: 'citizen', members },
});
const grant = { _id: 'all:grant:g', type: 'grant', team: 'madona', target: null, access: true, create: true };
const documents = [
  {
    _id: 'all:process:p',
    type: 'process',
    name: { en: 'p' },
    aim: { en: 'To help' },
    public: true,
    governance: { kind: 'C2G' },
  },
  item('phase', 'design', 'p'),
  item('objective', 'know', 'design'),
  item('phase', 'later', 'p'),
  item('objective', 'then', 'later'),
  task('ours', { teams: ['madona'], due: '2026-12-04' }),
  task('theirs', { teams: ['office'], due: '2026-11-01' }),
  task('anybody'),
  task('stuck', { after: ['ours'] }),
  item('task', 'choose', 'know', { after: ['ours'], due: '2026-11-30' }),
  item('task', 'far', 'then', { after: ['ours'] }),
  team('madona', 'ilze', 'anna'),
  team('office', 'marta'),
  grant,
];
const see = (member: string, administrator = false) =>
  viewProcess('process-p', documents, { member, administrator });
const head = (id: string, more: Partial<Head> = {}): Head => ({
  ...{ _id: id, type: id.split(':')[1]!, author: 'anna', by: 'anna', at: '2026-11-20T09:00:00Z', turn: 1 },
  ...more,
});

describe('in a process that is finished or put away', () => {
  for (const over of [{ status: 'finished' }, { archived: true }])
    it(`nothing is asked of anybody but to choose between versions: ${JSON.stringify(over)}`, () => {
      const told = documents.map((one) => (one.type === 'process' ? { ...one, ...over } : one));
      const view = viewProcess('process-p', told, { member: 'janis', administrator: true });
      const heads = [
        head('choose:assignment:1', { people: ['janis'] }),
        head('choose:page:1', { two: true, name: 'Questions' }),
      ];
      expect(waitingIn(view, heads).map(({ kind }) => kind)).toEqual(['two']);
      expect(blockedIn(view)).toEqual([]);
      expect(nextIn(view)).toBeUndefined();
    });
});

describe('what waits for me', () => {
  const heads = [
    head('choose:assignment:1', { people: ['ilze'], due: '2026-11-25', text: 'Bring the list' }),
    head('choose:assignment:2', { teams: ['madona'], state: 'done' }),
    head('choose:assignment:3', { teams: ['office'] }),
    head('choose:page:1', { two: true, name: 'Questions' }),
    head('all:phase:design', { two: true }),
  ];
  it('is what my teams and I were asked, tasks under way that are ours or anybody’s, and two versions I may choose of', () => {
    expect(waitingIn(see('ilze'), heads).map(({ kind, id }) => [kind, id])).toEqual([
      ['assignment', 'choose:assignment:1'],
      ['task', 'ours'],
      ['task', 'anybody'],
      ['two', 'choose:page:1'],
    ]);
  });
  it('is nothing for who may only look, save what they were asked', () => {
    expect(waitingIn(see('marta'), heads).map(({ id }) => id)).toEqual(['choose:assignment:3']);
  });
  it('lets administrators choose between two versions of any item', () => {
    const two = waitingIn(see('janis', true), heads).filter(({ kind }) => kind === 'two');
    expect(two.map(({ item: at }) => at)).toEqual(['design', 'choose']);
  });
});

it('is held up: what waits in phases that have begun, what is under way first', () => {
  expect(blockedIn(see('ilze')).map((node) => node.id)).toEqual(['stuck', 'choose']);
});

describe('what comes next in the guide', () => {
  const guide = (more: object[]) => [
    documents[0]!,
    item('phase', 'agree', 'p'),
    item('objective', 'meet', 'agree'),
    item('objective', 'sign', 'agree', { after: ['meet'] }),
    ...more,
    team('madona', 'ilze'),
    grant,
  ];
  const next = (...more: object[]) =>
    nextIn(
      viewProcess('process-p', guide(more) as typeof documents, { member: 'ilze', administrator: false }),
    )?.id;
  it('is the first task not begun that is mine or anybody’s', () => {
    const theirs = item('task', 'a', 'meet', { teams: ['office'] });
    expect(
      next(item('task', 'begun', 'meet', { status: 'in_progress' }), theirs, item('task', 'b', 'meet')),
    ).toBe('b');
  });
  it('is nothing that waits, be it for the sake of the objective it stands in', () => {
    expect(
      next(item('task', 'a', 'meet', { status: 'in_progress' }), item('task', 'c', 'sign')),
    ).toBeUndefined();
    expect(next(item('task', 'a', 'meet', { status: 'finished' }), item('task', 'c', 'sign'))).toBe('c');
  });
});

describe('what is still to set up', () => {
  const bare = [{ _id: 'all:process:p', type: 'process', name: { en: 'p' } }];
  it('is told to administrators alone, in the order in which it helps', () => {
    const of = (administrator: boolean) => lacksOf(viewProcess('process-p', bare, { administrator }));
    expect(of(true)).toEqual(['tree', 'aim', 'governance', 'team', 'public']);
    expect(of(false)).toEqual([]);
  });
  it('are people, as long as who began it is alone', () => {
    const alone = documents.map((one) => ('members' in one ? { ...one, members: ['janis'] } : one));
    expect(lacksOf(viewProcess('process-p', alone, { member: 'janis', administrator: true }))).toEqual([
      'people',
    ]);
  });
  it('is at last to say that it is finished', () => {
    const done = documents.map((one) => (one.type === 'task' ? { ...one, status: 'finished' } : one));
    expect(lacksOf(viewProcess('process-p', done, { member: 'janis', administrator: true }))).toEqual([
      'finish',
    ]);
  });
  it('is nothing where all is there', () => expect(lacksOf(see('janis', true))).toEqual([]));
});
