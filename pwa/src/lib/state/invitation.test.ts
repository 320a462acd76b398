import { expect, it } from 'vitest';
import { tokenIn } from './invitation';

it('finds the code in a link, and takes a bare code', () => {
  expect(tokenIn('https://interlink.example/join#01ABC_d-e.f')).toBe('01ABC_d-e.f');
  expect(tokenIn('  01ABC_d-e.f\n')).toBe('01ABC_d-e.f');
});

it('takes nothing else for a code', () => {
  for (const text of ['', '#', 'what is this', 'https://interlink.example/join', 'short', 'x'.repeat(101)])
    expect(tokenIn(text)).toBeNull();
});
