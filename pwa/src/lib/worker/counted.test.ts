/**
 * What a list and a tree cost, counted and not timed: questions to the local database, documents read, requests to the
 * server. All stay the same whatever the size, once a phone has sent its first word: before that one PouchDB compares all
 * that was received, five hundred at a time. With `INTERLINK_COUNTS` the numbers go into that file, for `make bench`,
 * and the list is as long as the longest that people have; to fill it takes the longest of all.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';
import { follow, heads } from './follow';
import { aPhone, TASK, type Phone } from './testing/phone';
import { TestServer } from './testing/server';

const SPACE = 'process-1';
const SAID = { partition: TASK, type: 'contribution' };
const WHOLE = { partition: 'all', type: 'task' };
const MANY = process.env.INTERLINK_COUNTS ? 5000 : 1001;
const PATIENCE = 120_000; // ms
const told: Record<string, Record<string, number>> = {};

afterAll(() => {
  if (process.env.INTERLINK_COUNTS) writeFileSync(process.env.INTERLINK_COUNTS, JSON.stringify(told));
});

/** A phone that holds so many documents of one kind, as it received them. */
async function holding(count: number, partition: string, type: string): Promise<[Phone, TestServer]> {
  const server = new TestServer();
  server.account = 'ilze';
  server.space('person-ilze', 'person');
  const at = '2026-11-21T09:00:00Z';
  await server.space(SPACE, 'process').bulkDocs(
    Array.from({ length: count }, (_, n) => ({
      ...{
        _id: `${partition}:${type}:${String(n).padStart(5, '0')}`,
        type,
        v: 1,
        lang: 'en',
        device: 'd',
        at,
      },
      ...{ author: 'anna', by: 'anna', text: `number ${n}`, parent: 'p', order: 'a0', name: { en: 'One' } },
    })),
  );
  const phone = await aPhone(server);
  await phone.sync.run();
  return [phone, server];
}

/** How often PouchDB is asked while something is done. */
async function questions(phone: Phone, doing: () => Promise<unknown>): Promise<number> {
  const database = await phone.account.database(SPACE);
  const asked = [vi.spyOn(database, 'allDocs'), vi.spyOn(database, 'changes'), vi.spyOn(database, 'get')];
  await doing();
  const count = asked.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  asked.forEach((spy) => spy.mockRestore());
  return count;
}

async function ofAList(count: number) {
  const [phone, server] = await holding(count, TASK, 'contribution');
  let read = 0;
  let mark = '';
  const begins = await questions(phone, async () => {
    const answer = await follow(phone.account, SPACE, SAID);
    [read, mark] = [answer.documents.length, answer.mark];
  });
  expect(read).toBeLessThanOrEqual(500);
  server.requests.length = 0;
  await phone.sync.run();
  const atRest = server.requests.length;
  await phone.say('the first', `${TASK}:contribution:99998`);
  await phone.sync.run();
  ({ mark } = await follow(phone.account, SPACE, SAID, { mark }));
  await phone.say('one more', `${TASK}:contribution:99999`);
  server.requests.length = 0;
  await phone.sync.run();
  const sent = server.requests.length;
  let changed = 0;
  const goesOn = await questions(phone, async () => {
    changed = (await follow(phone.account, SPACE, SAID, { mark })).documents.length;
  });
  return {
    'questions until the first page': begins,
    'questions for one new word': goesOn,
    'documents read for it': changed,
    'requests to send one': sent,
    'requests when nothing is new': atRest,
  };
}

async function ofATree(count: number) {
  const [phone] = await holding(count, 'all', 'task');
  const drawn = await questions(phone, async () => {
    const answer = await follow(phone.account, SPACE, WHOLE);
    expect(answer.documents).toHaveLength(count);
  });
  const told = await questions(phone, async () => {
    expect((await heads(phone.account, SPACE)).documents).toHaveLength(count);
  });
  return { 'questions to draw it': drawn, 'questions for who made what in it': told };
}

test.each([
  ['list', ofAList, 50, MANY],
  ['tree', ofATree, 7, 72],
] as const)(
  'a %s costs the same however large it is',
  async (what, cost, small, large) => {
    const [little, much] = [await cost(small), await cost(large)];
    told[`a ${what} of ${small}`] = little;
    told[`a ${what} of ${large}`] = much;
    expect(much).toEqual(little);
  },
  PATIENCE,
);
