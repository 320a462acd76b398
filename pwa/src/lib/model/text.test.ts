import { expect, test } from 'vitest';
import { textIn } from './text';

const name = { en: 'Lamp', lv: 'Laterna', it: ' ' };

test('the language asked for is shown without a label', () => {
  expect(textIn(name, 'lv')).toEqual({ text: 'Laterna', lang: 'lv', missing: false });
  expect(textIn(name, 'lv-LV')).toEqual({ text: 'Laterna', lang: 'lv', missing: false });
});

test('a missing translation is never silent: English, else what there is, and told so', () => {
  expect(textIn(name, 'es')).toEqual({ text: 'Lamp', lang: 'en', missing: true });
  expect(textIn(name, 'it')).toEqual({ text: 'Lamp', lang: 'en', missing: true });
  expect(textIn({ lv: 'Laterna' }, 'es')).toEqual({ text: 'Laterna', lang: 'lv', missing: true });
});

test('no text at all is an empty one', () => {
  expect(textIn(undefined, 'es')).toEqual({ text: '', lang: 'es', missing: true });
  expect(textIn({}, 'es').text).toBe('');
});
