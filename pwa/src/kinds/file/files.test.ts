import { describe, expect, it } from 'vitest';
import type { FileRef } from '$lib/model/documents';
import { described, replaced, withNew } from './files';

const file = (sha256: string, more: Partial<FileRef> = {}) =>
  ({ sha256, type: 'image/png', size: 1, name: sha256, ...more }) as FileRef;

describe('files that people share', () => {
  it('are there once, however often they were chosen', () => {
    expect(withNew([file('a')], [file('a'), file('b')]).map(({ sha256 }) => sha256)).toEqual(['a', 'b']);
  });

  it('are described one by one', () => {
    expect(described([file('a'), file('b')], 'b', 'The gate').map(({ alt }) => alt)).toEqual([
      undefined,
      'The gate',
    ]);
  });

  it('keep what they took the place of', () => {
    const { files, earlier } = replaced(
      { files: [file('a', { alt: 'The gate' }), file('b')] },
      'a',
      file('c'),
    );
    expect(files).toMatchObject([{ sha256: 'c', alt: 'The gate' }, { sha256: 'b' }]);
    expect(earlier).toMatchObject([{ sha256: 'a' }]);
    const again = replaced({ files, earlier }, 'c', file('d'));
    expect(again.earlier.map(({ sha256 }) => sha256)).toEqual(['a', 'c']);
  });

  it('stay as they are when nothing takes their place', () => {
    const now = { files: [file('a'), file('b')] };
    for (const [which, by] of [
      ['a', 'a'],
      ['gone', 'c'],
      ['a', 'b'],
    ] as const)
      expect(replaced(now, which, file(by))).toEqual({ ...now, earlier: [] });
  });
});
