import { expect, it } from 'vitest';
import { fullAddress } from './address';

it('adds what people leave out of an address', () => {
  expect(fullAddress(' example.org/plan?a=1#b ')).toBe('https://example.org/plan?a=1#b');
  expect(fullAddress('bibliotēka.lv')).toBe('https://bibliotēka.lv');
  expect(fullAddress('anna@example.org')).toBe('mailto:anna@example.org');
});

it('leaves alone what is whole, what leads nowhere, and what may not be a link', () => {
  for (const typed of [
    'https://example.org',
    'mailto:anna@example.org',
    'javascript:alert(1)',
    'the plan',
    'plan',
    '',
  ])
    expect(fullAddress(typed)).toBe(typed);
});
