import { expect, test } from 'vitest';
import { isNewer, isOlder } from './versions';

test('a document of a newer version, or of a type this app has never heard of, is only shown', () => {
  expect(isNewer({ type: 'task', v: 1 })).toBe(false);
  expect(isNewer({ type: 'task', v: 2 })).toBe(true);
  expect(isNewer({ type: 'ballot', v: 1 })).toBe(true);
});

test.each([
  ['0.1.0', '0.1.0', false],
  ['0.9.0', '0.10.0', true],
  ['1.0', '0.9.9', false],
  ['1.0', '1.0.1', true],
])('%s before %s: %s', (a, b, older) => {
  expect(isOlder(a, b)).toBe(older);
});
