import { expect, it } from 'vitest';
import { medianSeconds } from './waveWords';

it('half of those who answered did so within the middle time; who has not answered does not count', () => {
  const after = (...seconds: (number | null)[]) => seconds.map((afterSeconds) => ({ afterSeconds }));
  expect(medianSeconds(after(60, null, 600, 30))).toBe(60);
  expect(medianSeconds(after(60, 600))).toBe(60);
  expect(medianSeconds(after(null))).toBeUndefined();
});
