import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Handover } from '../model/documents';
import { getDocument, putDocument, statesOf } from './documents';
import { outboxOf } from './outbox';
import type { Database } from './pouch';
import { endHandover, handOver } from './recover';
import { keepFile } from './files';
import { rescuesOf } from './rescues';
import { aPhone, TASK, type Phone } from './testing/phone';
import { TestServer } from './testing/server';

let server: TestServer;
let own: Database;
let process: Database;
let phone: Phone;

beforeEach(async () => {
  server = new TestServer();
  server.account = 'ilze';
  own = server.space('person-ilze', 'person');
  process = server.space('process-1', 'process');
  phone = await aPhone(server);
  await phone.sync.run();
  server.judge = (document) =>
    document.type === 'contribution' ? 'create: You may not contribute to this task.' : null;
});
afterEach(async () => {
  await phone.sync.end();
});

async function refused() {
  const said = await phone.say('The ramp is missing');
  await phone.sync.run();
  const [rescue] = await rescuesOf(phone.account);
  return { said, rescue: rescue!, key: rescue!._id.replace('all:rescued:', '') };
}

test('refused work reaches the server as a handover, with the note and the very revision', async () => {
  const { said, rescue, key } = await refused();
  await handOver(phone.account, rescue._id, 'Please look at it.');
  await phone.sync.run();
  const sent = (await own.get(`all:handover:${key}`)) as unknown as Handover;
  expect(sent).toMatchObject({ space: 'process-1', note: 'Please look at it.', reason: 'create' });
  expect(sent.document).toMatchObject({ _id: said._id, _rev: said._rev, text: 'The ramp is missing' });
});

test('the photos of refused work travel through the own space of their author', async () => {
  const photo = new Blob(['a ramp'], { type: 'image/jpeg' });
  const file = await keepFile(phone.account, 'process-1', TASK, photo);
  const said = await phone.say('With a photo');
  await putDocument(phone.account, 'process-1', { ...said, files: [file] });
  await phone.sync.run();
  const [rescue] = await rescuesOf(phone.account);
  await handOver(phone.account, rescue!._id, '');
  await phone.sync.run();
  expect([...server.files.keys()].filter((path) => path.includes('/person-ilze/all/'))).toHaveLength(1);
});

test('what an administrator let in is received, though its author may not see the place', async () => {
  const { said, rescue, key } = await refused();
  await handOver(phone.account, rescue._id, '');
  await phone.sync.run();
  const { _rev, ...body } = said;
  await process.bulkDocs([{ ...body, _rev } as never], { new_edits: false });
  server.reads = (id) => id !== said._id;
  const record = await own.get(rescue._id);
  await own.remove(record as never);
  await own.put({ _id: `all:handover-answer:${key}`, type: 'handover-answer', outcome: 'accepted' } as never);
  await phone.sync.run();
  expect(await statesOf(phone.account, 'process-1')).toEqual(new Map());
  expect(await outboxOf(phone.account)).toEqual([]);
  expect(await getDocument(phone.account, 'process-1', said._id)).toBeUndefined();
});

test('a declined handover leaves the work with its author', async () => {
  const { said, rescue, key } = await refused();
  await handOver(phone.account, rescue._id, '');
  await phone.sync.run();
  await own.put({ _id: `all:handover-answer:${key}`, type: 'handover-answer', outcome: 'declined' } as never);
  await phone.sync.run();
  expect(await statesOf(phone.account, 'process-1')).toEqual(new Map([[said._id, 'refused']]));
  await endHandover(phone.account, key);
  await phone.sync.run();
  await expect(own.get(`all:handover:${key}`)).rejects.toMatchObject({ status: 404 });
  expect((await rescuesOf(phone.account)).length).toBe(1);
});
