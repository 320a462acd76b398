import { describe, expect, test } from 'vitest';
import { around, asked, entryOf, rank, textSaying, type Entry } from './found';

const document = (id: string, members: Record<string, unknown>) => ({
  _id: id,
  type: id.split(':')[1]!,
  v: 1,
  lang: 'lv',
  author: 'm',
  by: 'm',
  device: 'd',
  at: '2026-11-22T10:00:00Z',
  ...members,
});
const entries = [
  document('all:task:1', { name: { en: 'Paint the fence', lv: 'Nokrāsot žogu' }, status: 'finished' }),
  document('T:contribution:2', { text: 'Šķūnis un žogs: cik maksā krāsa?' }),
  document('T:page:3', { name: 'Pārvaldības plāns', text: '# Città\n\nL’amministrazione paga la vernice.' }),
  document('T:checklist:4', {
    name: 'Saraksts',
    items: [{ id: 'x1', text: 'Comprar pintura añil', order: 'a0' }],
  }),
  document('all:grant:5', { team: 'Paint' }),
  document('all:task:6', { name: { en: 'Paint over' }, disabled: true }),
  document('T:page:7', { name: 'Paint old', text: '', archived: true }),
].flatMap((one) => entryOf('process-1', one) ?? []);
const find = (words: string) => rank(entries, asked(words), 10).map(({ id }) => id.split(':').at(-1));

describe('what is found', () => {
  test.each([
    ['nokrasot', ['1']],
    ['ŽOG', ['1', '2']],
    ['skunis maks', ['2']],
    ['citta vern', ['3']],
    ['amministrazione', ['3']],
    ['anil', ['4']],
    ['parvaldibas plans', ['3']],
    ['paint fence', ['1']],
    ['fence paint', ['1']],
    ['aint', []],
    ['paint šķūnis', []],
    ['finished', []],
    ['x1', []],
    ['a', []],
    ['', []],
    ['«»,.', []],
  ])('%s', (words, ids) => {
    expect(find(words)).toEqual(ids);
  });
});

test('the name goes before the text, a whole word before a beginning, then the newest', () => {
  const make = (id: string, name: string, text: string, at: string) =>
    entryOf('s', { ...document(id, { name, text }), at }) as Entry;
  const some = [
    make('T:page:text', 'Other', 'garden', '2026-11-25'),
    make('T:page:begins', 'Gardening', '', '2026-11-24'),
    make('T:page:old', 'Garden', '', '2026-11-20'),
    make('T:page:new', 'Garden', '', '2026-11-23'),
  ];
  expect(rank(some, ['garden'], 10).map(({ id }) => id.slice(7))).toEqual(['new', 'old', 'begins', 'text']);
  expect(rank(some, ['garden'], 2)).toHaveLength(2);
});

test('around a hit its words are shown, what was asked for marked, the rest left out', () => {
  const long = `${'vārds '.repeat(60)}šķūnis ${'vārds '.repeat(60)}`;
  const pieces = around(long, asked('skun'));
  expect(pieces.filter(([, hit]) => hit).map(([text]) => text.trim())).toEqual(['šķūnis']);
  expect(pieces.map(([text]) => text).join('').length).toBeLessThan(250);
  expect(around('', ['x'])).toEqual([]);
  expect(around('<p>nothing</p>', ['absent'])).not.toContainEqual([expect.anything(), true]);
});

test('the words around a hit are of one language, and of the text that says most of what was asked', () => {
  const said = { en: 'Paint it step by step', lv: 'Krāsojiet soli pa solim kopā', it: 'Dipingi' };
  const schema = document('all:schema:1', {
    name: { en: 'Paint' },
    tags: { lv: ['soli'] },
    description: said,
  });
  expect(textSaying(schema, asked('soli kopa'))).toBe(said.lv);
  expect(textSaying(schema, asked('paint'))).toBe(said.en);
  expect(textSaying(schema, asked('absent'))).toBe('');
});

test('a document of any form can be asked for its words', () => {
  for (const odd of [{ name: 7 }, { name: null, text: [null, { deep: [{ text: 'x' }] }] }, { name: {} }])
    expect(() => entryOf('s', document('T:page:1', odd) as never)).not.toThrow();
});
