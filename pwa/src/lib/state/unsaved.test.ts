// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';

const device = vi.hoisted(() => ({ held: new Map<string, Record<string, unknown>>() }));
vi.mock('../data/client', () => ({
  onStore: () => () => undefined,
  store: {
    get: async (_space: string, id: string) => device.held.get(id),
    put: async (_space: string, document: { _id: string }) => {
      device.held.set(document._id, document);
      return document;
    },
    remove: async (_space: string, id: string) => void device.held.delete(id),
  },
}));
vi.mock('./session.svelte', () => ({ session: { personSpace: 'person-ilze' } }));
vi.mock('./author', () => ({ authorIn: () => ({ member: 'ilze', device: 'phone', lang: 'en' }) }));

const { Unsaved } = await import('./unsaved.svelte');
const form = { space: 'process-p', item: 'TASK', form: 'page:KEY' };
const open = () => new Unsaved({ ...form }, { text: 'as saved', base: '1-a' }, () => 'Plan');
const id = 'all:draft:process-p~TASK~page:KEY';

beforeEach(() => {
  vi.useFakeTimers();
  device.held.clear();
});

it('keeps what is written when the typing pauses, under the name of the thing', async () => {
  const page = open();
  page.change({ text: 'half a' });
  await vi.advanceTimersByTimeAsync(300);
  page.change({ text: 'half a thought' });
  await vi.advanceTimersByTimeAsync(500);
  expect(device.held.size).toBe(0);
  await vi.advanceTimersByTimeAsync(200);
  expect(device.held.get(id)).toMatchObject({ text: 'Plan', form: { text: 'half a thought', base: '1-a' } });
  expect(page.kept).toBe(true);
});

it('finds it again, and with it the version it was begun on', async () => {
  const before = new Unsaved({ ...form }, { text: '', base: '1-a' }, () => 'Plan');
  before.change({ text: 'half a thought' });
  await before.keep();
  const after = new Unsaved({ ...form }, { text: 'of somebody else', base: '2-b' }, () => 'Plan');
  expect(await after.recall()).toBe(true);
  expect(after.fields).toEqual({ text: 'half a thought', base: '1-a' });
});

it('does not put an old draft over what is being typed', async () => {
  const before = open();
  before.change({ text: 'old' });
  await before.keep();
  const after = open();
  after.change({ text: 'new' });
  expect(await after.recall()).toBe(false);
  expect(after.fields.text).toBe('new');
});

it('writes nothing for a form that was only looked at', async () => {
  const page = open();
  await page.keep();
  expect(device.held.size).toBe(0);
});

it('leaves no ghost behind when it is saved while a draft is being kept', async () => {
  const page = open();
  page.change({ text: 'done' });
  const keeping = page.keep();
  await page.end();
  await keeping;
  await page.keep();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(device.held.size).toBe(0);
});
