import { afterEach, beforeEach, expect, test } from 'vitest';
import { agree } from './report';
import { aPhone, type Phone } from './testing/phone';
import { TestServer } from './testing/server';

let server: TestServer;
let phone: Phone;
const reports = () => server.requests.filter((request) => request.includes('/devices/here/report')).length;

beforeEach(async () => {
  server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  server.space('process-1', 'process');
  server.fault = (path) => (path.endsWith('/report') ? new Response(null, { status: 204 }) : null);
  phone = await aPhone(server);
});
afterEach(async () => {
  await phone.sync.end();
});

test('tells nobody how far it is, until its person agrees', async () => {
  await phone.sync.run();
  expect(reports()).toBe(0);
  await agree(phone.account, true);
  await phone.sync.run();
  expect(reports()).toBe(1);
});

test('says the same thing once', async () => {
  await agree(phone.account, true);
  await phone.sync.run();
  await phone.sync.run();
  expect(reports()).toBe(1);
});

test('a report that does not arrive stops nothing and is said again', async () => {
  await agree(phone.account, true);
  server.fault = (path) => (path.endsWith('/report') ? 'lost' : null);
  await phone.say('one');
  expect(await phone.sync.run()).toMatchObject({ waiting: 0 });
  server.fault = (path) => (path.endsWith('/report') ? new Response(null, { status: 204 }) : null);
  await phone.sync.run();
  expect(reports()).toBe(2);
});
