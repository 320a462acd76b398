import { beforeEach, expect, test } from 'vitest';
import type { Contribution } from '../model/documents';
import { envelope } from '../model/envelope';
import { putDocument, removeDocument } from './documents';
import { keepFile } from './files';
import { takeOffline } from './offline';
import { outboxOf } from './outbox';
import { aPhone, TASK, type Phone } from './testing/phone';
import { TestServer } from './testing/server';
import { fileOf } from './transfer';

const large = new Blob([new Uint8Array(1_300_000).fill(7)], { type: 'image/webp' });
let server: TestServer;
let phone: Phone;

beforeEach(async () => {
  server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  server.space('process-1', 'process');
  phone = await aPhone(server);
  await phone.sync.run();
});

async function sayWithPhoto(of: Phone): Promise<string> {
  const file = await keepFile(of.account, 'process-1', TASK, large);
  const author = { member: 'me', device: of.account.key.device, lang: 'en' };
  await putDocument<Contribution>(of.account, 'process-1', {
    ...envelope(`${TASK}:contribution:1`, 'contribution', author, new Date()),
    text: 'see',
    files: [{ ...file, name: 'lamp.webp' }],
  });
  return file.sha256;
}
const puts = () => server.requests.filter((line) => line.startsWith('PUT /api')).length;

test('a file nobody sent words about stays on the device', async () => {
  await keepFile(phone.account, 'process-1', TASK, large);
  await phone.sync.run();
  expect(puts()).toBe(0);
});

test('words go first, and a photo broken off in the middle goes on where it stopped', async () => {
  await sayWithPhoto(phone);
  let pieces = 0;
  server.fault = (path) => (path.startsWith('/api/v1/files') && (pieces += 1) > 3 ? 'lost' : null);
  await phone.sync.run(); // HEAD, two pieces, then the network is gone
  const words = server.spaces.get('process-1')!.database;
  expect(await words.get(`${TASK}:contribution:1`)).toMatchObject({ text: 'see' });
  server.fault = () => null;
  server.requests.length = 0;
  expect(await phone.sync.run()).toMatchObject({ waiting: 0 });
  expect(puts()).toBe(1);
  expect([...server.files.values()][0]!.size).toBe(large.size);
});

test('another device fetches a photo when it is looked at, and has it offline from then on', async () => {
  const sha256 = await sayWithPhoto(phone);
  await phone.sync.run();
  await phone.account.shelf.delete('files', 'process-1', TASK, sha256);
  const look = () => fileOf(phone.account, phone.sync.wire, 'process-1', TASK, sha256);
  server.fault = () => 'lost';
  expect(await look()).toBeUndefined();
  server.fault = () => null;
  expect((await look())!.size).toBe(large.size);
  server.fault = () => 'lost';
  expect((await look())!.size).toBe(large.size);
});

test('other bytes than those asked for are never kept', async () => {
  const sha256 = await sayWithPhoto(phone);
  await phone.sync.run();
  await phone.account.shelf.delete('files', 'process-1', TASK, sha256);
  server.fault = (path) => (path.startsWith('/api/v1/files') ? new Response('<h1>hotel</h1>') : null);
  expect(await fileOf(phone.account, phone.sync.wire, 'process-1', TASK, sha256)).toBeUndefined();
  expect(await phone.account.shelf.all('files')).toEqual([]);
});

test('a process taken offline brings its photos and says that it is complete', async () => {
  const sha256 = await sayWithPhoto(phone);
  await phone.sync.run();
  await phone.account.shelf.delete('files', 'process-1', TASK, sha256);
  expect(await takeOffline(phone.sync, 'process-1')).toMatchObject({ complete: true });
  expect(await phone.account.shelf.all('files')).toMatchObject([{ sha256, state: 'here' }]);
});

test('after a restore every photo that is here is asked for, and sent when the server lacks it', async () => {
  await sayWithPhoto(phone);
  await phone.sync.run();
  const [path] = server.files.keys();
  const [file] = await phone.account.shelf.all('files');
  const others = new Blob(['somebody else took this'], { type: 'image/webp' });
  await keepFile(phone.account, 'process-1', TASK, others, 'here');
  server.files.clear();
  server.uuid = 'second-life';
  server.space('process-1', 'process'); // its sequence begins anew
  server.fault = (at) => (at.startsWith('/api/v1/files') && server.files.size ? 'lost' : null);
  await phone.sync.run(); // the network breaks in the middle
  server.fault = () => null;
  await phone.say('moves it on');
  await phone.sync.run();
  expect(server.files.get(path!)!.size).toBe(file!.size);
  expect(server.files.size).toBe(2);
  server.requests.length = 0;
  await phone.say('and again');
  await phone.sync.run();
  expect(server.requests.filter((line) => line.includes('/files/'))).toEqual([]);
});

test('a photo chosen again is sent again, for the server may have forgotten it since its first words went', async () => {
  await sayWithPhoto(phone);
  await phone.sync.run();
  server.files.clear();
  await sayWithPhoto(phone);
  expect(await phone.sync.run()).toMatchObject({ waiting: 0 });
  expect([...server.files.values()].map((file) => file.size)).toEqual([large.size]);
});

test('a portal that says «200» to everything has taken no photo', async () => {
  await sayWithPhoto(phone);
  server.fault = (at) => (at.startsWith('/api/v1/files') ? new Response('<h1>hotel</h1>') : null);
  expect(await phone.sync.run()).toMatchObject({ waiting: 1 });
  server.fault = () => null;
  expect(await phone.sync.run()).toMatchObject({ waiting: 0 });
  expect(server.files.size).toBe(1);
});

const full = () =>
  new Response(JSON.stringify({ detail: 'You keep 1000 MB here already.' }), {
    status: 507,
    headers: { 'Content-Type': 'application/problem+json' },
  });

test('how far a photo has come is told, and stays told when the network breaks', async () => {
  await sayWithPhoto(phone);
  let asked = 0;
  server.fault = (path) => (path.startsWith('/api/v1/files') && (asked += 1) > 3 ? 'lost' : null);
  await phone.sync.run();
  expect(await outboxOf(phone.account)).toMatchObject([
    { type: 'file', bytes: large.size, sent: 2 * 524_288 },
  ]);
  server.fault = () => null;
  await phone.sync.run();
  expect(await outboxOf(phone.account)).toEqual([]);
});

test('a photo the server does not take says why, and stops waiting when nothing names it any more', async () => {
  await sayWithPhoto(phone);
  server.fault = (path) => (path.startsWith('/api/v1/files') ? full() : null);
  expect(await phone.sync.run()).toMatchObject({ waiting: 1 });
  expect(await outboxOf(phone.account)).toMatchObject([{ sent: 0, why: 'You keep 1000 MB here already.' }]);
  await removeDocument(phone.account, 'process-1', `${TASK}:contribution:1`);
  expect(await phone.sync.run()).toMatchObject({ waiting: 0 });
  expect(await outboxOf(phone.account)).toEqual([]);
});
