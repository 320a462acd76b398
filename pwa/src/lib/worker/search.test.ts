import { afterEach, beforeEach, expect, test } from 'vitest';
import { envelope } from '../model/envelope';
import { removeDocument } from './documents';
import { Finder } from './search';
import { aPhone, TASK, type Phone } from './testing/phone';
import { TestServer } from './testing/server';

let server: TestServer;
let ilze: Phone;
let finder: Finder;

const author = { member: 'anna', device: 'other', lang: 'lv' };
const hear = () => {
  for (const event of ilze.told.splice(0)) finder.heard(event);
};
const find = async (words: string) => {
  hear();
  return (await finder.find(words)).map(({ id }) => id);
};

beforeEach(async () => {
  server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  server.space('process-1', 'process');
  ilze = await aPhone(server);
  await ilze.sync.run();
  finder = new Finder(ilze.account);
});
afterEach(async () => {
  await ilze.sync.end();
  await ilze.account.close();
});

test('what was written here is found at once, as it is now, and no more once it is deleted', async () => {
  const said = await ilze.say('Šķūnis aiz dzirnavām');
  expect(await find('skun dzirn')).toEqual([said._id]);
  await ilze.say('Pagrabs', said._id);
  expect(await find('skunis')).toEqual([]);
  expect(await find('pagrabs')).toEqual([said._id]);
  await removeDocument(ilze.account, 'process-1', said._id);
  expect(await find('pagrabs')).toEqual([]);
});

test('what comes from others is found after the sync that brought it', async () => {
  expect(await find('tilts')).toEqual([]);
  const head = envelope(`${TASK}:contribution:1`, 'contribution', author, new Date());
  await server.spaces.get('process-1')!.database.put({ ...head, text: 'Tilts pār upi' });
  await ilze.sync.run();
  expect(await find('upi')).toEqual([head._id]);
});

test('a space that left the device leaves the index', async () => {
  await ilze.say('Noslēpums');
  await ilze.sync.run();
  expect(await find('noslepums')).toHaveLength(1);
  server.spaces.delete('process-1');
  await ilze.sync.run();
  expect(await find('noslepums')).toEqual([]);
});

test('a hit says in which words, and nothing is asked of the network', async () => {
  await ilze.say('One two three four');
  const before = server.requests.length;
  hear();
  const [hit] = await finder.find('thr');
  expect(hit).toMatchObject({ space: 'process-1', type: 'contribution', name: { en: 'One two three four' } });
  expect(hit?.id.startsWith(TASK)).toBe(true);
  expect(hit?.snippet.filter(([, marked]) => marked)).toEqual([['three', true]]);
  expect(server.requests.length).toBe(before);
});

test('of many that say it the first sixty are told', async () => {
  for (let n = 0; n < 70; n += 1) await ilze.say(`Liepa ${n}`);
  expect(await find('liepa')).toHaveLength(60);
});
