import { expect, test } from 'vitest';
import { envelope } from './envelope';
import { buildTree, pathTo, progressOf, type Status, type TreeDocument } from './tree';

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

test.each<[Status[], Status, number]>([
  [[], 'awaiting', 0],
  [['awaiting', 'awaiting'], 'awaiting', 0],
  [['finished', 'awaiting'], 'in_progress', 0.5],
  [['in_progress'], 'in_progress', 0],
  [['finished', 'finished'], 'finished', 1],
])('progress of %j is %s', (statuses, status, share) => {
  expect(progressOf(statuses.map((one) => ({ status: one })))).toMatchObject({ status, share });
});
