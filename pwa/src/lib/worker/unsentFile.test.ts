import { IDBFactory } from 'fake-indexeddb';
import { ulid } from 'ulid';
import { beforeEach, expect, test } from 'vitest';
import type { Contribution, Draft } from '../model/documents';
import { envelope } from '../model/envelope';
import { getDocument, putDocument } from './documents';
import { keepFile } from './files';
import { outboxOf } from './outbox';
import { aPhone, TASK, type Phone } from './testing/phone';
import { TestServer } from './testing/server';
import { readUnsent, writeUnsent } from './unsentFile';

let server: TestServer;
let broken: Phone;
const photo = new Blob(['a photo of a lamp'], { type: 'image/webp' });

beforeEach(async () => {
  server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  server.space('process-1', 'process');
  broken = await aPhone(server);
  await broken.sync.run();
  await broken.sync.end();
});

/** Words, a photo and a draft that never found a network. */
async function workOffline(): Promise<Contribution> {
  const { device } = broken.account.key;
  const file = await keepFile(broken.account, 'process-1', TASK, photo);
  const said = await putDocument<Contribution>(broken.account, 'process-1', {
    ...envelope(
      `${TASK}:contribution:${ulid()}`,
      'contribution',
      { member: 'me', device, lang: 'lv' },
      new Date(),
    ),
    text: 'Laterna nedeg',
    files: [{ ...file, name: 'lamp.webp' }],
  });
  const author = { member: 'ilze', device, lang: 'lv' };
  await putDocument<Draft>(broken.account, 'person-ilze', {
    ...envelope(`all:draft:process-1~${TASK}`, 'draft', author, new Date()),
    text: 'Vēl…',
    files: [],
  });
  return said;
}

/** A second browser, which has nothing of the first. */
async function another(account: string): Promise<Phone> {
  await broken.account.close();
  globalThis.indexedDB = new IDBFactory();
  server.account = account;
  if (account !== 'ilze') server.space(`person-${account}`, 'person');
  const phone = await aPhone(server, account);
  await phone.sync.run();
  return phone;
}

test('work saved to a file is read back by another device of the same person, and sent once', async () => {
  const said = await workOffline();
  const file = await writeUnsent(broken.account);
  const phone = await another('ilze');
  expect(await readUnsent(phone.account, file)).toMatchObject({
    documents: 1,
    drafts: 1,
    files: 1,
    own: true,
  });
  expect(await readUnsent(phone.account, file)).toMatchObject({ documents: 0, drafts: 0 });
  const waiting = (await outboxOf(phone.account)).filter((item) => item.state === 'waiting');
  expect(waiting).toMatchObject([{ id: said._id, files: [{ name: 'lamp.webp' }] }]);
  expect(await phone.sync.run()).toMatchObject({ waiting: 0, refused: 0 });
  const arrived = await server.spaces.get('process-1')!.database.get(said._id);
  expect(arrived).toMatchObject({ text: 'Laterna nedeg' });
  expect([...server.files.keys()]).toEqual([
    `/api/v1/files/process-1/${TASK}/${(arrived.files as { sha256: string }[])[0]!.sha256}`,
  ]);
});

test('another person gets the words as drafts of their own, and decides', async () => {
  const said = await workOffline();
  const file = await writeUnsent(broken.account);
  const phone = await another('anna');
  expect(await readUnsent(phone.account, file)).toMatchObject({ documents: 0, drafts: 2, own: false });
  expect(await getDocument(phone.account, 'process-1', said._id)).toBeUndefined();
  const drafts = (await outboxOf(phone.account)).filter((item) => item.state === 'draft');
  expect(drafts.map((item) => [item.title, item.item]).sort()).toEqual([
    ['Laterna nedeg', TASK],
    ['Vēl…', TASK],
  ]);
});

test('a file that is none of ours, or was changed, is refused as a whole', async () => {
  await workOffline();
  const text = await (await writeUnsent(broken.account)).text();
  const damaged = new Blob([text.replace(/"base64":"..../, '"base64":"AAAA')]);
  const phone = await another('ilze');
  await expect(readUnsent(phone.account, new Blob(['{"a":1}']))).rejects.toThrow(TypeError);
  await expect(readUnsent(phone.account, new Blob(['not json']))).rejects.toThrow(TypeError);
  await expect(readUnsent(phone.account, damaged)).rejects.toThrow(TypeError);
  expect(await outboxOf(phone.account)).toEqual([]);
});
