import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getDocument, listDocuments, putDocument, removeDocument, statesOf } from './documents';
import { outboxOf } from './outbox';
import type { Body, Database } from './pouch';
import { discard, resend } from './recover';
import { rescuesOf } from './rescues';
import { aPhone, reopened, TASK, type Phone } from './testing/phone';
import { json, TestServer } from './testing/server';

let server: TestServer;
let process: Database;
let phone: Phone;

beforeEach(async () => {
  server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  process = server.space('process-1', 'process');
  phone = await aPhone(server);
});
afterEach(async () => {
  await phone.sync.end();
});

const texts = async (of: Phone) =>
  (await listDocuments(of.account, 'process-1', TASK)).map((one) => (one as { text?: string }).text);
const atServer = async (id: string) => process.get(id).catch(() => undefined);

describe('nothing saved is ever lost', () => {
  test('words written without a network wait, and arrive when it returns', async () => {
    await phone.sync.run();
    server.fault = () => 'lost';
    const said = await phone.say('The lamp at the bridge is broken');
    const offline = await phone.sync.run();
    expect(offline).toMatchObject({ online: false, waiting: 1 });
    expect(await statesOf(phone.account, 'process-1')).toEqual(new Map([[said._id, 'waiting']]));
    server.fault = () => null;
    expect(await phone.sync.run()).toMatchObject({ online: true, waiting: 0 });
    expect(await atServer(said._id)).toMatchObject({ text: 'The lamp at the bridge is broken' });
    expect(await statesOf(phone.account, 'process-1')).toEqual(new Map());
  });

  test('an app that was killed still knows what waits', async () => {
    await phone.sync.run();
    server.fault = () => 'lost';
    await phone.say('one');
    phone = await reopened(server, phone);
    expect((await outboxOf(phone.account)).map((item) => item.title)).toEqual(['one']);
    server.fault = () => null;
    await phone.sync.run();
    expect(await outboxOf(phone.account)).toEqual([]);
  });

  test('a device without room says so at once, and pretends nothing', async () => {
    await phone.sync.run();
    const database = await phone.account.database('process-1');
    database.put = () => Promise.reject(new Error('QuotaExceededError'));
    await expect(phone.say('too much')).rejects.toThrow('QuotaExceededError');
    expect(await phone.account.shelf.all('unsent')).toEqual([]);
  });

  test('a document of a newer app is shown and not written over', async () => {
    const said = await phone.say('one');
    const database = await phone.account.database('process-1');
    await database.put({ ...said, v: 2, mood: 'glad' } as unknown as Body);
    await expect(phone.say('two', said._id)).rejects.toThrow('newer version');
    expect(await getDocument(phone.account, 'process-1', said._id)).toMatchObject({ mood: 'glad' });
  });

  test('a portal that answers every request with a page changes nothing', async () => {
    await phone.sync.run();
    await phone.say('one');
    const page = { headers: { 'Content-Type': 'text/html' } };
    server.fault = () => new Response('<h1>Sign in to the hotel</h1>', page);
    expect(await phone.sync.run()).toMatchObject({ online: false, waiting: 1 });
    expect(await texts(phone)).toEqual(['one']);
  });

  test('a session that ended keeps everything and asks to sign in again', async () => {
    await phone.sync.run();
    await phone.say('one');
    server.account = null;
    server.spaces.delete('person-ilze');
    server.spaces.delete('process-1');
    expect(await phone.sync.run()).toMatchObject({ signInNeeded: true, waiting: 1 });
    expect(await texts(phone)).toEqual(['one']);
  });

  test('a server restored from a backup gets back what it had acknowledged', async () => {
    const said = await phone.say('one');
    await phone.sync.run();
    await process.destroy();
    process = server.space('process-1', 'process');
    server.uuid = 'second-life';
    await phone.say('two');
    await phone.sync.run();
    expect(await atServer(said._id)).toMatchObject({ text: 'one' });
  });

  test('a restored server hears again of what was removed and of what it refused, once', async () => {
    server.judge = (document) => (document.text === 'bad' ? 'text: not that' : null);
    const removed = await phone.say('will go');
    await phone.say('bad');
    await phone.sync.run();
    await removeDocument(phone.account, 'process-1', removed._id);
    await phone.sync.run();
    const [rescued] = await rescuesOf(phone.account);
    await process.destroy();
    await server.spaces.get('person-ilze')!.database.destroy();
    const own = server.space('person-ilze', 'person');
    process = server.space('process-1', 'process');
    await process.bulkDocs([removed as unknown as Body], { new_edits: false }); // the backup still had it
    server.uuid = 'second-life';
    expect(await phone.sync.run()).toMatchObject({ waiting: 0, refused: 1 });
    expect(await atServer(removed._id)).toBeUndefined();
    expect((await rescuesOf(phone.account)).map((one) => one._id)).toEqual([rescued!._id]);
    expect(await own.get(rescued!._id)).toMatchObject({ type: 'rescued' });
  });
});

describe('each contribution takes effect once', () => {
  test('an answer lost on the way back is asked for again, and nothing is doubled', async () => {
    await phone.sync.run();
    const said = await phone.say('one');
    let lost = false;
    const write = server.fetch.bind(server);
    server.fault = (path, body) => {
      if (lost || !path.endsWith('_bulk_docs')) return null;
      lost = true;
      void write(`http://interlink.test${path}`, { method: 'POST', body });
      return 'lost';
    };
    await phone.sync.run();
    await phone.sync.run();
    expect(await statesOf(phone.account, 'process-1')).toEqual(new Map());
    expect((await process.get(said._id))._rev).toBe(said._rev);
  });

  test('a batch the server finds too large goes in halves', async () => {
    await phone.sync.run();
    for (let i = 0; i < 5; i += 1) await phone.say(`text ${i}`);
    server.fault = (path, body) =>
      path.endsWith('_bulk_docs') && (JSON.parse(body) as { docs: [] }).docs.length > 2
        ? json({ error: 'too_large', reason: 'batch' }, 413)
        : null;
    expect(await phone.sync.run()).toMatchObject({ waiting: 0, refused: 0 });
    expect((await process.allDocs()).rows).toHaveLength(5);
  });
});

describe('what was refused is shown with its reason and can be recovered', () => {
  beforeEach(() => {
    server.judge = (document) => (document.text === 'rude' ? 'create: You may not add to this task.' : null);
  });

  test('a refused contribution stays, beside those that were accepted', async () => {
    await phone.say('rude');
    await phone.say('kind');
    expect(await phone.sync.run()).toMatchObject({ waiting: 0, refused: 1 });
    const [refused] = await outboxOf(phone.account);
    expect(refused).toMatchObject({
      state: 'refused',
      title: 'rude',
      item: TASK,
      reason: { word: 'create', sentence: 'You may not add to this task.' },
    });
    expect(await texts(phone)).toEqual(expect.arrayContaining(['rude', 'kind']));
  });

  test('killed between the refusal and its record, the record is made at the next start, once', async () => {
    const said = await phone.say('rude');
    const shelf = phone.account.shelf;
    const change = shelf.change.bind(shelf);
    shelf.change = (store, ...how) =>
      store === 'unsent' ? Promise.reject(new Error('killed')) : change(store, ...how);
    await phone.sync.run();
    expect(await rescuesOf(phone.account)).toEqual([]);
    shelf.change = change;
    phone = await reopened(server, phone);
    await phone.sync.run();
    await phone.sync.run();
    const records = await rescuesOf(phone.account);
    expect(records.map((record) => record.document._id)).toEqual([said._id]);
  });

  test('corrected and sent again, it is accepted and the record ends', async () => {
    const said = await phone.say('rude');
    await phone.sync.run();
    const [record] = await rescuesOf(phone.account);
    await resend(phone.account, record!._id, { text: 'kind' });
    expect(await statesOf(phone.account, 'process-1')).toEqual(new Map([[said._id, 'waiting']]));
    expect(await phone.sync.run()).toMatchObject({ refused: 0, waiting: 0 });
    expect(await atServer(said._id)).toMatchObject({ text: 'kind' });
  });

  test('given up, it is gone here and nothing is deleted there', async () => {
    const said = await phone.say('rude');
    await phone.sync.run();
    const [record] = await rescuesOf(phone.account);
    await discard(phone.account, record!._id);
    expect(await texts(phone)).toEqual([]);
    await phone.sync.run();
    expect(await outboxOf(phone.account)).toEqual([]);
    expect((await process.changes()).results.map((row) => row.id)).not.toContain(said._id);
  });

  test('a refused edit of a shared document gives way to what all others have', async () => {
    const task = { _id: `all:task:${TASK}`, type: 'task', v: 1, status: 'awaiting', name: { en: 'Lamp' } };
    await process.put(task as unknown as Body);
    await phone.sync.run();
    server.judge = (document) => (document.status === 'finished' ? 'edit: Not yours.' : null);
    const here = await getDocument(phone.account, 'process-1', task._id);
    const { device } = phone.account.key;
    await putDocument(phone.account, 'process-1', { ...here!, status: 'finished', device } as never);
    expect(await phone.sync.run()).toMatchObject({ refused: 1, waiting: 0 });
    expect(await getDocument(phone.account, 'process-1', task._id)).toMatchObject({ status: 'awaiting' });
    const [record] = await rescuesOf(phone.account);
    expect(record!.document).toMatchObject({ status: 'finished' });
    expect(record!.document).not.toHaveProperty('name');
  });
});

describe('after a sync the device holds exactly what may be seen', () => {
  test('a lost right takes its documents from the device and keeps what was not sent', async () => {
    await process.put({ _id: 'secret:contribution:1', text: 'hidden' } as unknown as Body);
    await process.put({ _id: `all:task:${TASK}`, type: 'task' } as unknown as Body);
    await phone.sync.run();
    const before = (await phone.account.record('process-1'))!.database;
    server.reads = (id) => !id.startsWith('secret:');
    server.spaces.get('process-1')!.lost = 1;
    server.fault = (path) => (path.endsWith('_bulk_docs') ? 'lost' : null);
    await phone.say('mine');
    await phone.sync.run();
    expect(await texts(phone)).toEqual([]); // hidden until it is built anew
    server.fault = () => null;
    await phone.sync.run();
    expect(await getDocument(phone.account, 'process-1', 'secret:contribution:1')).toBeUndefined();
    expect(await getDocument(phone.account, 'process-1', `all:task:${TASK}`)).toBeDefined();
    expect(await texts(phone)).toEqual(['mine']);
    expect((await phone.account.record('process-1'))!.database).not.toBe(before);
  });

  test('a space the list no longer names is removed, and unsent work in it is rescued', async () => {
    await phone.sync.run();
    await phone.say('unsent');
    server.spaces.delete('process-1');
    await phone.sync.run();
    expect(await phone.account.record('process-1')).toBeUndefined();
    expect((await rescuesOf(phone.account)).map((record) => record.reason)).toEqual(['gone']);
  });

  test('a fault of the server removes nothing', async () => {
    await phone.say('one');
    await phone.sync.run();
    server.fault = (path) =>
      path.startsWith('/db/process-1') ? json({ error: 'not_found', reason: 'missing' }, 404) : null;
    await phone.say('two');
    await phone.sync.run();
    expect(await texts(phone)).toEqual(expect.arrayContaining(['one', 'two']));
  });
});

test('two phones end with the same words, and a deletion reaches both', async () => {
  const other = await aPhone(server, 'ilze');
  const said = await phone.say('from the first');
  await phone.sync.run();
  await other.sync.run();
  expect(await texts(other)).toEqual(['from the first']);
  await removeDocument(other.account, 'process-1', said._id);
  await other.sync.run();
  await phone.sync.run();
  expect(await texts(phone)).toEqual([]);
  await other.sync.end();
});

test('with nothing new and nothing to send, a sync costs one request', async () => {
  await phone.say('one');
  await phone.sync.run();
  await phone.sync.run();
  server.requests.length = 0;
  await phone.sync.run();
  expect(server.requests).toEqual([expect.stringMatching(/^GET \/db\/_db_updates\?feed=normal/)]);
});

test('one failed fetch of documents never makes PouchDB ask for them one by one', async () => {
  for (let i = 0; i < 30; i += 1)
    await process.put({ _id: `all:task:${i}`, type: 'task' } as unknown as Body);
  server.fault = (path) => (path.endsWith('_bulk_get') ? json({ error: 'internal' }, 400) : null);
  await phone.sync.run();
  server.fault = () => null;
  await phone.sync.run();
  expect(server.requests.filter((line) => line.startsWith('GET /db/process-1/all'))).toEqual([]);
  expect(await listDocuments(phone.account, 'process-1', 'all')).toHaveLength(30);
});
