import { expect, test } from 'vitest';
import { envelope } from './envelope';
import { buildTree, idOf, pathTo, progressOf, type Status, type TreeDocument } from './tree';

const author = { member: 'server', device: 'server', lang: 'en' };
function item(type: TreeDocument['type'], key: string, parent: string, more: object = {}): TreeDocument {
  const head = envelope(`all:${type}:${key}`, type, author, new Date(0));
  return { ...head, parent, order: 'a0', name: { en: key }, ...more } as TreeDocument;
}
const tree = (...more: TreeDocument[]) =>
  buildTree([
    item('task', 'T2', 'O1', { order: 'a2', status: 'awaiting', after: ['T1'] }),
    item('phase', 'P1', 'process'),
    item('task', 'T1', 'O1', { order: 'a1', status: 'in_progress' }),
    item('objective', 'O1', 'P1'),
    ...more,
  ]);

test('loose documents in any order become phases, objectives and tasks in theirs', () => {
  const [phase] = tree().phases;
  expect(phase!.objectives[0]!.tasks.map((task) => task.id)).toEqual(['T1', 'T2']);
  expect(pathTo(tree(), 'T2').map((node) => node.id)).toEqual(['P1', 'O1', 'T2']);
});

test('two items that were given the same place stand in the same order on every device', () => {
  const twins = [item('phase', 'B', 'x'), item('phase', 'A', 'x')];
  expect(buildTree(twins).phases.map((node) => node.id)).toEqual(['A', 'B']);
  expect(buildTree(twins.reverse()).phases.map((node) => node.id)).toEqual(['A', 'B']);
});

test('a task waits for what is not finished, and no longer once it is', () => {
  expect(tree().byId.get('T2')!.waitsFor).toEqual(['T1']);
  const done = buildTree(
    [...tree().byId.values()].map(({ id, document }) =>
      id === 'T1' ? ({ ...document, status: 'finished' } as TreeDocument) : document,
    ),
  );
  expect(done.byId.get('T2')!.waitsFor).toEqual([]);
});

test('what is disabled neither shows nor counts', () => {
  expect(tree(item('task', 'T3', 'O1', { disabled: true, status: 'finished' })).progress).toMatchObject({
    finished: 0,
    total: 2,
  });
});

test('items in a circle, and items whose parent is not here, are not shown and do no harm', () => {
  const odd = tree(
    item('objective', 'O8', 'O9'),
    item('objective', 'O9', 'O8'),
    item('task', 'T9', 'nobody'),
  );
  expect([...odd.byId.keys()].sort()).toEqual(['O1', 'P1', 'T1', 'T2']);
});

test('the days of an objective and a phase are the first and the last of their tasks', () => {
  const dated = tree(
    item('task', 'T3', 'O1', { start: '2026-11-02', due: '2026-12-24' }),
    item('task', 'T4', 'O1', { start: '2026-10-30' }),
    item('task', 'T5', 'O1', { start: '2026-01-01', due: '2027-01-01', disabled: true }),
  );
  const days = { start: '2026-10-30', due: '2026-12-24' };
  expect(dated.byId.get('O1')).toMatchObject(days);
  expect(dated.byId.get('P1')).toMatchObject(days);
  expect(dated.byId.get('T1')!.due).toBeUndefined();
});

test('what is switched off is named at its top, what has lost its place is named apart', () => {
  const odd = tree(
    item('objective', 'O2', 'P1', { disabled: true }),
    item('task', 'T3', 'O2'),
    item('task', 'T4', 'O2', { disabled: true }),
    item('task', 'T5', 'gone'),
  );
  expect(odd.off.map(idOf)).toEqual(['O2']);
  expect(odd.stray.map(idOf)).toEqual(['T5']);
});

test('prerequisites that went round in a circle on two phones are told, and nothing hangs', () => {
  expect(tree().circles).toEqual([]);
  const [circle] = tree(item('task', 'T0', 'O1', { after: ['T2'] }), item('task', 'T3', 'O1')).circles;
  expect(circle).toBeUndefined();
  const round = buildTree([
    item('phase', 'P1', 'process'),
    item('objective', 'O1', 'P1'),
    item('task', 'T1', 'O1', { after: ['T2'] }),
    item('task', 'T2', 'O1', { after: ['T1'] }),
  ]);
  expect(round.circles[0]).toHaveLength(2);
  expect(round.byId.get('T1')!.waitsFor).toEqual(['T2']);
});

test('a tree of ten thousand tasks is made with a few looks at each', () => {
  let looks = 0;
  const watched = (document: TreeDocument) =>
    new Proxy(document, { get: (at, name) => ((looks += 1), Reflect.get(at, name) as unknown) });
  const make = (tasks: number) => {
    looks = 0;
    const many = Array.from({ length: tasks }, (_, n) =>
      item('task', `T${n}`, `O${n % 20}`, { order: `b${String(n).padStart(6, '0')}` }),
    );
    const objectives = Array.from({ length: 20 }, (_, n) => item('objective', `O${n}`, 'P1'));
    buildTree([item('phase', 'P1', 'x'), ...objectives, ...many].map(watched));
    return looks / tasks;
  };
  expect(make(10_000)).toBeLessThan(2 * make(1_000));
});

test.each<[Status[], Status, number]>([
  [[], 'awaiting', 0],
  [['awaiting', 'awaiting'], 'awaiting', 0],
  [['finished', 'awaiting'], 'in_progress', 0.5],
  [['in_progress'], 'in_progress', 0.5],
  [['finished', 'finished'], 'finished', 1],
])('progress of %j is %s', (statuses, status, share) => {
  expect(progressOf(statuses.map((one) => ({ status: one })))).toMatchObject({ status, share });
});
