// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import type { FileRef } from '$lib/model/documents';

const kept: { space: string; item: string; blob: Blob }[] = [];
vi.mock('$lib/data/client', () => ({
  onStore: () => () => undefined,
  store: {
    putFile: async (space: string, item: string, blob: Blob) => {
      kept.push({ space, item, blob });
      return { sha256: 'a'.repeat(64), type: blob.type, size: blob.size, name: '' };
    },
  },
}));
vi.mock('$lib/actions/attachPhoto', () => ({
  attachPhoto: async (_space: string, _item: string, photo: File, name: string): Promise<FileRef> => {
    if (photo.size < 10) throw new TypeError('no picture');
    return { sha256: 'b'.repeat(64), type: 'image/webp', size: 5, name };
  },
}));
const { largest, pick, refusal } = await import('./pick');

const file = (name: string, type: string, bytes: number) => {
  const made = new File(['x'.repeat(Math.min(bytes, 50))], name, { type });
  Object.defineProperty(made, 'size', { value: bytes });
  return made;
};
const how = { room: 3, asTheyAre: false, done: () => undefined };

beforeEach(() => (kept.length = 0));

it('says before anything is read that a film of 2 GB is too large, and that an empty file holds nothing', () => {
  expect(refusal(file('film.mp4', 'video/mp4', 2_000_000_000))).toMatch(/film\.mp4.*2 GB.*10 MB/);
  expect(refusal(file('empty.pdf', 'application/pdf', 0))).toMatch(/empty\.pdf/);
  expect(refusal(file('plan.pdf', 'application/pdf', largest))).toBeUndefined();
  expect(refusal(file('photo.jpg', 'image/jpeg', 2 * largest))).toBeUndefined();
});

it('takes what is good and names what is not, so that one bad file costs no other', async () => {
  const chosen = [
    file('film.mp4', 'video/mp4', 2_000_000_000),
    file('plan.pdf', 'application/pdf', 1_000),
    file('photo.jpg', 'image/jpeg', 20_000),
    file('one-more.pdf', 'application/pdf', 1_000),
  ];
  const { files, wrong } = await pick('process-p', 'task', chosen, how);
  expect(files.map(({ name }) => name)).toEqual(['plan.pdf', 'photo.jpg']);
  expect(wrong).toHaveLength(2);
});

it('keeps no picture whose place cannot be taken out, unless it is wanted as it is', async () => {
  const broken = file('broken.jpg', 'image/jpeg', 5);
  const refused = await pick('process-p', 'task', [broken], how);
  expect(refused.files).toEqual([]);
  expect(refused.wrong[0]).toMatch(/broken\.jpg/);
  expect(kept).toEqual([]);
  const taken = await pick('process-p', 'task', [broken], { ...how, asTheyAre: true });
  expect(taken.files).toMatchObject([{ name: 'broken.jpg', type: 'image/jpeg' }]);
  const huge = await pick('process-p', 'task', [file('huge.jpg', 'image/jpeg', 2 * largest)], {
    ...how,
    asTheyAre: true,
  });
  expect(huge.wrong[0]).toMatch(/huge\.jpg/);
});

it('gives a type that a document may name to whatever a phone calls its files', async () => {
  const odd = file('notes', 'Text/Plain; charset', 10);
  expect((await pick('process-p', 'task', [odd], how)).files[0]?.type).toBe('application/octet-stream');
});
