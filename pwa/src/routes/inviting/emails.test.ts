import { expect, it } from 'vitest';
import { emailsIn } from './emails';

it('finds addresses however they are pasted', () => {
  const pasted = 'Anna Ozola <anna@example.org>, marta@example.org;\nIlze ilze@example.org ANNA@example.org';
  expect(emailsIn(pasted).good).toEqual(['ANNA@example.org', 'marta@example.org', 'ilze@example.org']);
});

it('says which ones are none, and never invites more than a hundred at once', () => {
  expect(emailsIn('anna@ @example.org a@b@c.org').bad).toEqual(['anna@', '@example.org', 'a@b@c.org']);
  const crowd = Array.from({ length: 150 }, (_, n) => `p${n}@example.org`).join(' ');
  expect(emailsIn(crowd).good).toHaveLength(100);
});
