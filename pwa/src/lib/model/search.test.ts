import { expect, it } from 'vitest';
import { byAlphabet, fold } from './search';

it('does not ask for accents or capitals', () => {
  expect(fold('Pārvaldības')).toBe('parvaldibas');
  expect(fold('Ļaudona, Čakla, ŠĶĪRE')).toBe('laudona, cakla, skire');
  expect(fold('Coproducción')).toBe('coproduccion');
});

it('sorts names as our languages do', () => {
  const names = {
    lv: [
      'Ābele',
      'acs',
      'Cēsis',
      'cukurs',
      'Čiekurkalns',
      'dārzs',
      'Ķekava',
      'kuldīga',
      'Ļaudona',
      'lūka',
      'Šķēde',
      'sols',
    ],
    es: ['Ávila', 'avión', 'Ñuble', 'niño', 'nuez', 'Óscar', 'oso', '2 actos', 'Plan de datos', 'Plan B'],
    it: ['è vero', 'Elba', 'Perché', 'perciò', 'perla', 'città', 'cittadini', 'Zoe'],
    en: ['a plan', 'A Plan', 'apple', 'Zoe', 'data-management plan', 'data sheet', 'dataset'],
  };
  for (const [language, words] of Object.entries(names))
    expect([...words].sort(byAlphabet).map((word) => word.toLowerCase())).toEqual(
      [...words].sort(new Intl.Collator(language).compare).map((word) => word.toLowerCase()),
    );
});
