// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { bytesOf, options, textOf } from './webauthn';

it('reads and writes bytes as base64url, without padding', () => {
  const bytes = Uint8Array.from([251, 255, 254, 0, 1]);
  expect(textOf(bytes.buffer)).toBe('-__-AAE');
  expect(bytesOf('-__-AAE')).toEqual(bytes);
  for (const length of [0, 1, 2, 3, 16, 32])
    expect(bytesOf(textOf(new Uint8Array(length).fill(7).buffer))).toEqual(new Uint8Array(length).fill(7));
});

it('gives the browser bytes wherever the server wrote text, and leaves the rest', () => {
  const asked = {
    challenge: 'AAEC',
    rp: { id: 'interlink.example', name: 'Interlink' },
    user: { id: 'AwQ', name: 'Ilze', displayName: 'Ilze' },
    excludeCredentials: [{ id: 'BQY', type: 'public-key' }],
  };
  expect(options(asked)).toEqual({
    challenge: Uint8Array.from([0, 1, 2]),
    rp: asked.rp,
    user: { id: Uint8Array.from([3, 4]), name: 'Ilze', displayName: 'Ilze' },
    excludeCredentials: [{ id: Uint8Array.from([5, 6]), type: 'public-key' }],
  });
});
