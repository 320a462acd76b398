import { expect, it } from 'vitest';
import { fold } from './search';

it('does not ask for accents or capitals', () => {
  expect(fold('Pārvaldības')).toBe('parvaldibas');
  expect(fold('Ļaudona, Čakla, ŠĶĪRE')).toBe('laudona, cakla, skire');
  expect(fold('Coproducción')).toBe('coproduccion');
});
