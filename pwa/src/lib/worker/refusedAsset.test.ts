/** What people make together is rescued like everything else: by its name, with what its author changed and nothing of the others'. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { envelope } from '../model/envelope';
import type { Checklist } from '../model/documents';
import { getDocument, putDocument } from './documents';
import { outboxOf } from './outbox';
import type { Database } from './pouch';
import { resend } from './recover';
import { rescuesOf } from './rescues';
import { aPhone, TASK, type Phone } from './testing/phone';
import { TestServer } from './testing/server';

const ID = `${TASK}:checklist:01J00000000000000000000KEY`;
const NO = 'edit: You do not have the right to change this.';
const theirs: Checklist = {
  ...envelope(ID, 'checklist', { member: 'janis', device: 'laptop', lang: 'lv' }, new Date(0)),
  name: 'What we carry',
  items: [{ id: 'A', text: 'Chairs', done: false, order: 'a0' }],
};
const ticked = [{ id: 'A', text: 'Chairs', done: true, order: 'a0' }];

let server: TestServer;
let process: Database;
let phone: Phone;

beforeEach(async () => {
  server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  process = server.space('process-1', 'process');
  phone = await aPhone(server);
  await process.put({ ...theirs });
  await phone.sync.run();
});
afterEach(async () => {
  await phone.sync.end();
});

const tick = async () => {
  const held = await getDocument<Checklist>(phone.account, 'process-1', ID);
  await putDocument(phone.account, 'process-1', { ...held!, items: ticked, by: 'me' });
};

test('a change that waits is called by the name of the thing, and leads to it', async () => {
  server.fault = () => 'lost';
  await tick();
  await phone.sync.run();
  expect(await outboxOf(phone.account)).toMatchObject([
    { id: ID, type: 'checklist', title: 'What we carry', state: 'waiting', item: TASK },
  ]);
});

test('a change that was refused keeps what I did, shows the reason, and gives way to what all others have', async () => {
  server.judge = (document) => (document._id === ID ? NO : null);
  await tick();
  expect(await phone.sync.run()).toMatchObject({ refused: 1, waiting: 0 });
  const [refused] = await outboxOf(phone.account);
  expect(refused).toMatchObject({ title: 'What we carry', reason: { word: 'edit' }, state: 'refused' });
  const [kept] = await rescuesOf(phone.account, 'process-1', ID);
  expect(kept?.document).toMatchObject({ items: ticked });
  expect(kept?.document).not.toHaveProperty('name');
  expect(await getDocument<Checklist>(phone.account, 'process-1', ID)).toMatchObject({ items: theirs.items });

  server.judge = () => null; // my team was given the right meanwhile
  await resend(phone.account, refused!.rescue!);
  expect(await phone.sync.run()).toMatchObject({ refused: 0, waiting: 0 });
  expect(await process.get(ID)).toMatchObject({ name: 'What we carry', items: ticked });
});
