import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AccountKey, StoreEvent } from '../data/store';
import type { Contribution } from '../model/documents';
import { envelope } from '../model/envelope';
import { Service, type Whisper } from './service';
import { TASK } from './testing/phone';
import { TestServer } from './testing/server';

let server: TestServer;
let told: (StoreEvent | Whisper)[];
let service: Service;
const keyOf = (account: string, language = 'en'): AccountKey => ({
  server: server.name,
  account,
  device: 'phone',
  language,
});

beforeEach(() => {
  server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  server.space('process-1', 'process');
  told = [];
  const tell = (event: StoreEvent | Whisper) => void told.push(event);
  service = new Service({ origin: 'http://interlink.test', tell, fetch: server.fetch as typeof fetch });
});
afterEach(() => service.store.wipe());

function words(text: string): Contribution {
  const author = { member: 'me', device: 'phone', lang: 'en' };
  const head = envelope(`${TASK}:contribution:1`, 'contribution', author, new Date());
  return { ...head, text, files: [] };
}

test('what is asked before anybody said who is here waits, and is answered', async () => {
  const asked = service.store.spaces();
  await service.store.open(keyOf('ilze'));
  expect(await asked).toEqual([]);
  await service.store.sync();
  expect((await service.store.spaces()).map((space) => space.name).sort()).toEqual([
    'person-ilze',
    'process-1',
  ]);
});

test('what is written is sent without anybody asking, and the tabs hear of it', async () => {
  await service.store.open(keyOf('ilze'));
  await service.store.sync();
  const said = await service.store.put('process-1', words('one'));
  await expect
    .poll(
      () =>
        server.spaces
          .get('process-1')!
          .database.get(said._id)
          .catch(() => null),
      { timeout: 5_000 },
    )
    .toMatchObject({ text: 'one' });
  expect(told).toContainEqual({ kind: 'changes', space: 'process-1', ids: [said._id] });
});

test('another person on the same device sees nothing of the first, who finds everything again', async () => {
  server.fault = () => 'lost';
  await service.store.open(keyOf('ilze'));
  const said = await service.store.put('process-1', words('mine'));
  await service.store.open(keyOf('anna'));
  expect(await service.store.get('process-1', said._id)).toBeUndefined();
  expect(await service.store.outbox()).toEqual([]);
  await service.store.open(keyOf('ilze'));
  expect(await service.store.get('process-1', said._id)).toMatchObject({ text: 'mine' });
  expect((await service.store.outbox()).map((item) => item.title)).toEqual(['mine']);
});

test('who leaves takes everything along, also without a network', async () => {
  await service.store.open(keyOf('ilze'));
  await service.store.sync();
  await service.store.put('process-1', words('mine'));
  server.fault = () => 'lost';
  await service.store.wipe();
  const left = (await indexedDB.databases()).map(({ name }) => name ?? '');
  expect(left.filter((name) => name.includes(`${server.name}/ilze`))).toEqual([]);
  told.length = 0;
  await service.store.open(keyOf('-'));
  expect(await service.store.outbox()).toEqual([]);
  expect(told).toContainEqual({ kind: 'outbox' }); // the tabs stop showing what was theirs
});

test('another language needs no new start', async () => {
  await service.store.open(keyOf('ilze'));
  await service.store.put('process-1', words('mine'));
  const before = told.length;
  await service.store.open(keyOf('ilze', 'lv'));
  expect(told.slice(before).filter((event) => 'kind' in event && event.kind === 'spaces')).toEqual([]);
});
