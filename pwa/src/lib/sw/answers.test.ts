import { beforeEach, expect, test, vi } from 'vitest';
import { deviceId, remember } from '../data/remembered';
import type { Asked } from '../model/answers';
import type { Assignment, Claim, Read } from '../model/documents';
import { OpenAccount } from '../worker/account';
import { getDocument, putDocument } from '../worker/documents';
import { send, type Surroundings } from '../worker/errand';
import type * as Locks from '../worker/locks';
import { TestServer } from '../worker/testing/server';
import { keep, sync } from './answers';

const elsewhere = vi.hoisted(() => ({ leads: false }));
vi.mock('../worker/locks', async (original) => {
  const locks = await original<typeof Locks>();
  return {
    ...locks,
    ifFree: async <T>(name: string, act: () => Promise<T>) =>
      elsewhere.leads ? undefined : locks.ifFree(name, act),
  };
});

const ITEM = '01J00000000000000000000TSK';
const DAY = '01J00000000000000000000DAY';
const called: Asked = { notice: 'n1', space: 'process-1', item: ITEM, need: 'need1', occurrence: DAY };
const CLAIM = `${ITEM}:claim:${DAY}-me`;

let server: TestServer;
let around: Surroundings;

beforeEach(async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
  server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  server.space('process-1', 'process');
  around = {
    origin: 'http://interlink.test',
    tell: () => undefined,
    fetch: server.fetch as typeof fetch,
    patience: 400,
  };
  await remember({
    server: server.name,
    account: { id: 'ilze', name: 'Ilze', language: 'lv' },
    leaving: false,
  });
});

const atServer = <D>(space: string, id: string) =>
  server.spaces.get(space)!.database.get(id) as unknown as Promise<D>;

async function onPhone<T>(look: (account: OpenAccount) => Promise<T>): Promise<T> {
  const key = { server: server.name, account: 'ilze', device: deviceId(), language: 'lv' };
  const account = await OpenAccount.open(key, () => undefined);
  try {
    return await look(account);
  } finally {
    await account.close();
  }
}

test('a yes said without a network is kept, and goes out when there is one, with the app closed all the while', async () => {
  await sync(around); // a push came: now the process is here
  server.fault = () => 'lost';
  expect(await keep(called, 'accept', around)).toBe(true);
  expect(await sync(around)).toBe(false);
  expect(await onPhone((account) => getDocument<Claim>(account, 'process-1', CLAIM))).toMatchObject({
    state: 'asked',
    need: 'need1',
    lang: 'lv',
    device: deviceId(),
  });

  server.fault = () => null;
  expect(await sync(around)).toBe(true);
  expect(await atServer<Claim>('process-1', CLAIM)).toMatchObject({ state: 'asked', author: 'me' });
  expect(await atServer<Read>('person-ilze', 'all:read:n1')).toMatchObject({ state: 'done' });
});

test('a no after a yes is one more word on the same claim', async () => {
  await sync(around);
  await keep(called, 'accept', around);
  await sync(around);
  await keep(called, 'decline', around);
  expect(await sync(around)).toBe(true);
  const claim = await atServer<Claim & { _rev: string }>('process-1', CLAIM);
  expect(claim.state).toBe('withdrawn');
  expect(claim._rev).toMatch(/^2-/);
});

test('an answer ends what was offered before: no old word gives a place away', async () => {
  await sync(around);
  await keep(called, 'accept', around);
  const offers = { hand_to: 'anna', takes_from: 'marta' };
  await onPhone(async (account) => {
    const claim = await getDocument<Claim>(account, 'process-1', CLAIM);
    await putDocument(account, 'process-1', { ...claim!, ...offers });
  });
  await keep(called, 'decline', around);
  await keep(called, 'accept', around);
  await sync(around);
  expect(await atServer<Claim>('process-1', CLAIM)).toMatchObject({
    state: 'asked',
    hand_to: null,
    takes_from: null,
  });
});

test('what somebody was asked to do is done, and stays what it was otherwise', async () => {
  await sync(around);
  const id = `${ITEM}:assignment:a1`;
  const asked = {
    _id: id,
    type: 'assignment',
    v: 1,
    lang: 'lv',
    author: 'janis',
    by: 'janis',
    device: 'office',
    at: '2026-11-22T08:00:00.000Z',
    about: ITEM,
    people: ['me'],
    text: 'Zvani',
    state: 'open',
  } as Assignment;
  await onPhone((account) => putDocument(account, 'process-1', asked));
  expect(await keep({ notice: 'n2', space: 'process-1', item: ITEM, assignment: 'a1' }, 'done', around)).toBe(
    true,
  );
  await sync(around);
  expect(await atServer<Assignment>('process-1', id)).toMatchObject({
    author: 'janis',
    by: 'me',
    text: 'Zvani',
    state: 'done',
  });
});

test('«later» and «no more of this» are words to my own space alone', async () => {
  await sync(around);
  await keep({ ...called, notice: 'n3' }, 'later', around);
  await keep({ ...called, notice: 'n4' }, 'mute', around);
  await sync(around);
  expect(await atServer('person-ilze', 'all:read:n3')).toMatchObject({ state: 'later' });
  expect(await atServer('person-ilze', 'all:wishes:self')).toMatchObject({ muted: [`${ITEM}:need:need1`] });
  expect((await server.spaces.get('process-1')!.database.info()).doc_count).toBe(0);
});

test.each([
  ['of a process that is not on this device', { ...called, space: 'process-other' }, 'accept'],
  ['about work that is not on this device', { ...called, assignment: 'a1' }, 'done'],
  ['without saying about what', { notice: 'n1', space: 'process-1' }, 'accept'],
] as const)('an answer %s is left to the app', async (_why, asked, said) => {
  await sync(around);
  expect(await keep(asked, said, around)).toBe(false);
  expect(await sync(around)).toBe(true);
});

test('who left this device answers nothing from it', async () => {
  await remember({ server: server.name, account: null, leaving: true });
  expect(await keep(called, 'accept', around)).toBe(false);
  expect(await sync(around)).toBe(true);
  expect(server.requests).toEqual([]);
});

test('where an open app talks to the server, it is asked to send; when it ends before it did, it is sent all the same', async () => {
  await sync(around);
  await keep(called, 'accept', around);
  const before = server.requests.length;
  const told: unknown[] = [];
  elsewhere.leads = true;
  const heard = { ...around, tell: (message: unknown) => void told.push(message) };
  expect(await onPhone((account) => send(account, heard))).toBe(false);
  expect(told).toEqual([{ whisper: 'sync' }]);
  expect(server.requests.length, 'nothing is sent twice').toBe(before);

  const tell = () => void (elsewhere.leads = false); // its last tab was closed just now
  expect(await onPhone((account) => send(account, { ...around, tell }))).toBe(true);
  expect(await atServer<Claim>('process-1', CLAIM)).toMatchObject({ state: 'asked' });
});
