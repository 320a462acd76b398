import { expect, it } from 'vitest';
import en from '../../../messages/en.json';
import es from '../../../messages/es.json';
import it_ from '../../../messages/it.json';
import lv from '../../../messages/lv.json';
import { m } from './messages';

type Variants = { match: Record<string, string> }[];
type Catalogue = Record<string, string | Variants>;
const others: Record<string, Catalogue> = { es, it: it_, lv } as never;
const english = en as never as Catalogue;
const forms = (message: string | Variants) =>
  typeof message === 'string' ? [message] : Object.values(message[0]?.match ?? {});
const blanks = (message: string | Variants) =>
  [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

for (const [language, catalogue] of Object.entries(others)) {
  it(`says everything in ${language}, with the same blanks to fill`, () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
    for (const [key, message] of Object.entries(english))
      expect([key, blanks(catalogue[key] ?? '')]).toEqual([key, blanks(message)]);
  });

  it(`leaves no sentence of several words in English in ${language}`, () => {
    const same = Object.entries(english).filter(
      ([key, message]) =>
        typeof message === 'string' && message.split(' ').length > 3 && catalogue[key] === message,
    );
    expect(same.map(([key]) => key)).toEqual([]);
  });
}

it('counts in Latvian with three forms', () => {
  const tasks = (count: number) => m.tasks_count({ count }, { locale: 'lv' });
  expect([0, 1, 2, 11, 21].map(tasks)).toEqual([
    '0 uzdevumu',
    '1 uzdevums',
    '2 uzdevumi',
    '11 uzdevumu',
    '21 uzdevums',
  ]);
});

it('finds a form for a million, which Italian and Spanish count apart', () => {
  expect(m.people_count({ count: 1_000_000 }, { locale: 'it' })).toBe('1000000 persone');
  expect(m.people_count({ count: 1_000_000 }, { locale: 'es' })).toBe('1000000 personas');
});
