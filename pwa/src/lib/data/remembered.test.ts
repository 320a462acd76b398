// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { afterEach, expect, it } from 'vitest';
import {
  deviceId,
  forgetDevice,
  onThisDevice,
  recall,
  remember,
  remembered,
  type Remembered,
} from './remembered';

const ilze: Remembered = {
  server: 'madona',
  account: { id: '01ILZE', name: 'Ilze', language: 'lv' },
  leaving: false,
};
const nobody: Remembered = { server: 'madona', account: null, leaving: false };

afterEach(async () => {
  localStorage.clear();
  await new Promise((done) => (indexedDB.deleteDatabase('interlink/session').onsuccess = done));
});

it('knows the person again when the phone died before localStorage reached the disk', async () => {
  await remember(ilze);
  localStorage.clear();
  expect(await recall()).toEqual(ilze);
  expect(remembered(), 'and the next first guess is right').toEqual(ilze);
});

it('believes the database where localStorage still holds what was before', async () => {
  await remember(nobody);
  const before = localStorage.getItem('interlink.session')!;
  await remember(ilze);
  localStorage.setItem('interlink.session', before);
  expect(await recall()).toEqual(ilze);
});

it('knows who signed in with an older version of the app, which had no database for it', async () => {
  localStorage.setItem('interlink.session', JSON.stringify(ilze));
  expect(await recall()).toEqual(ilze);
});

it('knows nobody on a new phone', async () => {
  expect(await recall()).toBeNull();
});

it('tells who lives here to the service worker too, which has no localStorage', async () => {
  await remember(nobody);
  await remember(ilze);
  const device = deviceId();
  localStorage.clear();
  expect(await onThisDevice()).toEqual({ server: 'madona', account: ilze.account, device });
});

it.each([nobody, { ...ilze, leaving: true }, { ...ilze, erasing: '01ILZE' }])(
  'tells the service worker of nobody once they leave',
  async (session) => {
    await remember(session);
    expect(await onThisDevice()).toBeNull();
  },
);

it('writes down as which device it writes, where an older app had not', async () => {
  await remember(nobody);
  await remember(ilze);
  forgetDevice();
  const device = deviceId();
  await recall();
  await remember(ilze);
  expect(await onThisDevice()).toMatchObject({ device });
});
