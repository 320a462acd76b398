import { expect, test } from 'vitest';
import { marks, shortened } from './marks';

test('the words that were added and taken away are told apart, the others stay as they are', () => {
  const pieces = marks('Choose the first services', 'Choose the first five public services');
  expect(pieces.filter(({ form }) => form === 'added').map(({ text }) => text.trim())).toEqual([
    'five public',
  ]);
  expect(pieces.map(({ text }) => text).join('')).toBe('Choose the first five public services');
  const [, removed] = marks('Sit down', 'Sit');
  expect(removed).toMatchObject({ form: 'removed' });
});

test('accents and letters of four languages belong to words', () => {
  const pieces = marks('Kurus pakalpojumus?', 'Kādus pakalpojumus?');
  expect(pieces.find(({ form }) => form === 'added')?.text).toBe('Kādus');
});

test('of a long text the surroundings of each change are shown and the rest left out', () => {
  const long = 'word '.repeat(400);
  const pieces = shortened(marks(`${long}old ${long}`, `${long}new ${long}`));
  const words = pieces.map(({ text }) => text).join('');
  expect(words.length).toBeLessThan(400);
  expect(words).toContain('new');
  expect(words).toContain('…');
});

test('a text of the greatest length that was rewritten whole is shown all the same', () => {
  const text = (seed: number) =>
    Array.from({ length: 12_000 }, (_, n) => ((n * seed) % 7919).toString(36)).join(' ');
  expect(marks(text(31), text(57)).length).toBeGreaterThan(0);
});
