// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';

// The device, in memory, with a revision for each write.
const device = vi.hoisted(() => ({
  held: new Map<string, Record<string, unknown>>(),
  former: new Map<string, Record<string, unknown>>(),
  files: new Map<string, Blob>(),
  writes: [] as Record<string, unknown>[],
}));
vi.mock('../data/client', () => ({
  onStore: () => () => undefined,
  store: {
    get: async (space: string, id: string) => device.held.get(`${space}/${id}`),
    version: async (_space: string, _id: string, rev: string) => device.former.get(rev),
    put: async (space: string, document: Record<string, unknown>) => {
      await new Promise((done) => setTimeout(done)); // writing takes a moment
      const kept: Record<string, unknown> = { ...document, _rev: `${device.writes.push(document)}-x` };
      device.held.set(`${space}/${String(document._id)}`, kept);
      device.former.set(String(kept._rev), kept);
      return kept;
    },
    remove: async (space: string, id: string) => void device.held.delete(`${space}/${id}`),
    file: async (space: string, partition: string, sha256: string) =>
      device.files.get(`${space}/${partition}/${sha256}`),
    putFile: async (space: string, partition: string, blob: Blob) => {
      device.files.set(`${space}/${partition}/${await blob.text()}`, blob);
      return { sha256: await blob.text(), type: blob.type, size: blob.size, name: '' };
    },
  },
}));
vi.mock('../state/author', () => ({
  authorIn: (space: string) => ({ member: `ILZE-in-${space}`, device: 'phone', lang: 'lv' }),
}));

const { changeAsset, copyAsset, FileNotHere, makeAsset, restoreAsset, removeAsset } =
  await import('./assets');
const made = () =>
  makeAsset({ space: 's', item: 'TASK', kind: 'page', name: ' Plan ', members: { text: 'a' } });
type Page = Awaited<ReturnType<typeof made>> & { text?: string; files?: object[] };

beforeEach(() => {
  for (const all of [device.held, device.former, device.files]) all.clear();
  device.writes.length = 0;
});

it('makes one document in the partition of its item, in the language of the screens', async () => {
  const page = await made();
  expect(page._id).toMatch(/^TASK:page:[0-9A-Z]{26}$/);
  expect(page).toMatchObject({ type: 'page', name: 'Plan', text: 'a', lang: 'lv', author: 'ILZE-in-s' });
});

it('lets two quick acts of one person follow each other', async () => {
  const { _id } = await made();
  await Promise.all([
    changeAsset<Page>('s', _id, ({ text }) => ({ text: `${text}b` })),
    changeAsset<Page>('s', _id, ({ text }) => ({ text: `${text}c` })),
  ]);
  expect(device.held.get(`s/${_id}`)).toMatchObject({ text: 'abc' });
  expect(device.writes.map((one) => one._rev)).toEqual([undefined, '1-x', '2-x']);
});

it('goes on after a change that failed', async () => {
  const { _id } = await made();
  const failing = changeAsset<Page>('s', _id, () => {
    throw new Error('no room');
  });
  const after = changeAsset<Page>('s', _id, () => ({ text: 'b' }));
  await expect(failing).rejects.toThrow('no room');
  await expect(after).resolves.toMatchObject({ text: 'b' });
});

it('stands beside what came meanwhile instead of writing over it', async () => {
  const { _id, _rev } = await made();
  await changeAsset<Page>('s', _id, () => ({ name: 'Renamed meanwhile' }));
  await changeAsset<Page>('s', _id, () => ({ text: 'mine' }), _rev);
  expect(device.writes.at(-1)).toMatchObject({ _rev, name: 'Plan', text: 'mine' });
});

it('copies what was made, not who made it, when, or that it was put aside', async () => {
  const page = (await made()) as Page;
  const theirs = {
    ...page,
    author: 'JANIS',
    by: 'JANIS',
    archived: true,
    made_from: 'minutes',
    settles: ['1-a'],
  };
  const copy = await copyAsset({ space: 's', asset: theirs }, { space: 't', item: 'OTHER', name: 'Plan B' });
  expect(copy).toMatchObject({ name: 'Plan B', text: 'a', made_from: 'minutes', author: 'ILZE-in-t' });
  expect(copy._id).toMatch(/^OTHER:page:/);
  expect(Object.keys(copy)).not.toContain('archived');
  expect(Object.keys(copy)).not.toContain('settles');
});

it('takes the files along into another item, and says so where one is not here', async () => {
  const page = {
    ...(await made()),
    files: [{ sha256: 'abc', type: 'image/webp', size: 3, name: 'a' }],
  } as Page;
  const to = { space: 's', item: 'OTHER', name: 'Copy' };
  await expect(copyAsset({ space: 's', asset: page }, to)).rejects.toBeInstanceOf(FileNotHere);
  device.files.set('s/TASK/abc', new Blob(['abc']));
  await copyAsset({ space: 's', asset: page }, to);
  expect([...device.files.keys()]).toEqual(['s/TASK/abc', 's/OTHER/abc']);
});

it('brings back what was deleted, whose it was', async () => {
  const page = { ...(await made()), author: 'JANIS' };
  await removeAsset('s', page._id);
  await restoreAsset('s', page);
  expect(device.writes.at(-1)).toMatchObject({ author: 'JANIS', by: 'ILZE-in-s' });
  expect(device.writes.at(-1)).not.toHaveProperty('_rev');
});
