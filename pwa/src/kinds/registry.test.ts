// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { Asset } from '$lib/model/assets';
import type { Held } from '$lib/data/store';
import type { ProcessView } from '$lib/model/process';

// What the device holds is not asked here.
vi.mock('$lib/data/client', () => ({
  onStore: () => () => undefined,
  store: { file: async () => new Blob(['bytes']), list: async () => [] },
}));
const { versions } = await import('$lib/model/documents');
const { kinds, kindOf } = await import('./registry');

const view = { id: 'p', space: 'process-p', members: new Map(), standing: {} } as unknown as ProcessView;
const place = { view, space: 'process-p', item: 'TASK' };
const made = (key: string, members: object) =>
  ({
    ...{ _id: `TASK:${key}:KEY`, _rev: '1-a', type: key, v: 1, lang: 'en', name: 'Of Monday' },
    ...{ author: 'ME', by: 'ME', device: 'phone', at: '2026-11-21T12:00:00Z' },
    ...members,
  }) as Held<Asset>;

it('knows the kinds in the order in which they are offered', () => {
  expect(kinds.map((kind) => kind.order)).toEqual(kinds.map((_, n) => n + 1));
  expect(kindOf('page')?.key).toBe('page');
  expect(kindOf('task')).toBeUndefined();
});

describe.each(kinds.map((kind) => [kind.key, kind] as const))('%s', (key, kind) => {
  it('is a type of document that the server knows', () => {
    expect(Object.keys(versions)).toContain(key);
  });

  it('says what it is and what one makes with it', () => {
    expect(kind.title()).not.toBe('');
    expect(kind.purpose()).toMatch(/\.$/);
  });

  it('has one line for lists as soon as it is made', () => {
    const summary = kind.summary(made(key, kind.blank()));
    expect(typeof summary).toBe('string');
    expect(summary).not.toContain('\n');
  });

  it('can be taken along as a file', async () => {
    expect(kind.exports.length).toBeGreaterThan(0);
    for (const way of kind.exports) {
      expect(way.title()).not.toBe('');
      const written = await way.write(made(key, kind.blank()), place);
      expect(written === undefined || written instanceof Blob).toBe(true);
    }
  });
});
