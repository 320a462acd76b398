import { expect, test } from 'vitest';
import type { Opinions, Schema } from './documents';
import { findSchemas, schemaEntries, tasksOf } from './schemas';

const task = (key: string) => ({ key, name: { en: key }, profiles: [], after: [] });
const schema = (key: string, name: Record<string, string>, phase = 'Agree'): Schema => ({
  ...{ _id: `all:schema:${key}`, type: 'schema', v: 1, lang: 'en', author: 'server', by: 'server' },
  ...{
    device: 'server',
    at: '2026-01-01T00:00:00Z',
    name,
    licence: 'permissive',
    tags: {},
    languages: ['en'],
  },
  phases: [
    {
      ...{ key: 'one', name: { en: phase }, codelivery: false, after: [] },
      objectives: [{ key: 'o', name: { en: 'o' }, profiles: [], after: [], tasks: [task('a'), task('b')] }],
    },
  ],
});
const four = schema('four', { en: 'Four steps together', lv: 'Četri soļi kopā' });
const call = schema('call', { en: 'Open call', es: 'Convocatoria abierta' }, 'Prepare');
const opinion = (mean: number, count: number) => ({ mean, count }) as Opinions;
const names = (found: Schema[]) => found.map(({ name }) => name.en);

test('a pattern is found by a word of any language without its accents, and by the name of a phase', () => {
  const find = (words: string) => names(findSchemas(schemaEntries([four, call], new Map(), 'en'), words));
  expect(find('cetri SOLI')).toEqual(['Four steps together']);
  expect(find('prepare')).toEqual(['Open call']);
  expect(find('call steps')).toEqual([]);
  expect(find('')).toEqual(['Four steps together', 'Open call']);
});

test('what people found good stands first', () => {
  const said = new Map([['call', opinion(5, 4)]]);
  expect(names(findSchemas(schemaEntries([four, call], said, 'en'), ''))).toEqual([
    'Open call',
    'Four steps together',
  ]);
});

test('tasks are counted through phases and objectives', () => {
  expect(tasksOf([...four.phases, ...call.phases])).toBe(4);
});
