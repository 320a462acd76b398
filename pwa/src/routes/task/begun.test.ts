// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';

// The device, in memory: the one thing these screens need and a test cannot have.
const device = vi.hoisted(() => ({ held: new Map<string, Record<string, unknown>>() }));
vi.mock('$lib/data/client', () => ({
  onStore: () => () => undefined,
  store: {
    open: async () => undefined,
    refreshSpaces: async () => [],
    sync: async () => undefined,
    sharesSync: async () => undefined,
    spaces: async () => [{ name: 'process-p', kind: 'process', member: 'ilze-in-p' }],
    get: async (space: string, id: string) => device.held.get(`${space}/${id}`),
    put: async (space: string, document: { _id: string }) => {
      device.held.set(`${space}/${document._id}`, document);
      return document;
    },
    remove: async (space: string, id: string) => void device.held.delete(`${space}/${id}`),
  },
}));
vi.mock('$lib/api/session', () => ({ meta: async () => ({ server: { id: 'server' } }) }));

const ilze = {
  ...{ id: 'ilze', name: 'Ilze', language: 'en', email: null },
  ...{ administrator: false, passkeys: 0, recoverable: true, sharesSync: false },
};
const { session } = await import('$lib/state/session.svelte');
const { spaces } = await import('$lib/state/spaces.svelte');
const { Begun } = await import('./begun.svelte');

const kept = (type: string) => [...device.held.values()].filter((document) => document.type === type);
const soon = () => vi.advanceTimersByTimeAsync(600);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  device.held.clear();
  await session.enter(async () => ilze);
  spaces.start();
  await soon();
});

it('keeps a draft when the typing pauses, in the person’s own space', async () => {
  const begun = new Begun('process-p', 'task');
  begun.text = 'And for disabled parking';
  begun.changed();
  expect(begun.kept).toBe(false);
  await soon();
  expect(begun.kept).toBe(true);
  expect(device.held.get('person-ilze/all:draft:process-p~task')).toMatchObject({
    text: 'And for disabled parking',
  });
});

it('brings the draft back when the screen opens again', async () => {
  const before = new Begun('process-p', 'task');
  before.text = 'I think…';
  before.changed();
  await before.keep();
  const after = new Begun('process-p', 'task');
  await soon();
  expect(after.text).toBe('I think…');
});

it('does not write a draft over what was typed before the old one was found', async () => {
  const before = new Begun('process-p', 'task');
  before.text = 'old';
  before.changed();
  await before.keep();
  const after = new Begun('process-p', 'task');
  after.text = 'new';
  await soon();
  expect(after.text).toBe('new');
});

it('keeps the draft when the screen closes before the draft was found', async () => {
  const before = new Begun('process-p', 'task');
  before.text = 'half a thought';
  before.changed();
  await before.keep();
  await new Begun('process-p', 'task').keep();
  await soon();
  expect(kept('draft')).toMatchObject([{ text: 'half a thought' }]);
});

it('sends once, forgets the draft, and is ready for the next', async () => {
  const begun = new Begun('process-p', 'task');
  begun.text = '  Pensions, every Monday. ';
  begun.lang = 'en';
  begun.changed();
  await soon();
  const twice = await Promise.all([begun.send(), begun.send()]);
  expect(twice).toEqual([true, false]);
  expect(kept('contribution')).toMatchObject([
    { text: 'Pensions, every Monday.', lang: 'en', author: 'ilze-in-p' },
  ]);
  await soon();
  expect(kept('draft')).toEqual([]);
  expect(begun.something).toBe(false);
});

it('sends nothing when there is nothing', async () => {
  const begun = new Begun('process-p', 'task');
  begun.text = '   ';
  expect(await begun.send()).toBe(false);
  expect(kept('contribution')).toEqual([]);
});
