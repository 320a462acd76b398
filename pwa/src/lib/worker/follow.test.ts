import { beforeEach, expect, test, vi } from 'vitest';
import type { Contribution } from '../model/documents';
import { removeDocument } from './documents';
import { follow, heads, news } from './follow';
import { aPhone, TASK, type Phone } from './testing/phone';
import { TestServer } from './testing/server';

const SPACE = 'process-1';
const SAID = { partition: TASK, type: 'contribution' };
const idOf = (n: number) => `${TASK}:contribution:${String(n).padStart(5, '0')}`;
let phone: Phone;

async function many(count: number) {
  const database = await phone.account.database(SPACE);
  const at = '2026-11-21T09:00:00Z';
  await database.bulkDocs(
    Array.from({ length: count }, (_, n) => ({
      ...{ _id: idOf(n), type: 'contribution', v: 1, lang: 'en', device: 'd', at },
      ...{ author: 'anna', by: 'anna', text: `number ${n}` },
    })),
  );
}

/** How often PouchDB is asked while something is done. */
async function questions(doing: () => Promise<unknown>): Promise<number> {
  const database = await phone.account.database(SPACE);
  const asked = [vi.spyOn(database, 'allDocs'), vi.spyOn(database, 'changes'), vi.spyOn(database, 'get')];
  await doing();
  const count = asked.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  asked.forEach((spy) => spy.mockRestore());
  return count;
}

beforeEach(async () => {
  const server = new TestServer();
  server.account = 'ilze';
  server.space(SPACE, 'process');
  phone = await aPhone(server);
});

test('a long list comes page by page, each document once and in order', async () => {
  await many(1203);
  const ids: string[] = [];
  let answer = await follow<Contribution>(phone.account, SPACE, SAID);
  expect(answer.whole).toBe(true);
  for (;;) {
    expect(answer.documents.length).toBeLessThanOrEqual(500);
    ids.push(...answer.documents.map((one) => one._id));
    if (answer.next === undefined) break;
    answer = await follow<Contribution>(phone.account, SPACE, SAID, {
      mark: answer.mark,
      after: answer.next,
    });
  }
  expect(ids).toEqual(Array.from({ length: 1203 }, (_, n) => idOf(n)));
});

test('after that a new word costs one question and one document, however long the list is', async () => {
  await many(1203);
  const { mark } = await follow(phone.account, SPACE, SAID);
  await phone.say('one more', idOf(9000));
  let told: unknown;
  const asked = await questions(async () => {
    const answer = await follow<Contribution>(phone.account, SPACE, SAID, { mark });
    told = [answer.whole, answer.documents.map((one) => one.text), answer.gone];
  });
  expect(told).toEqual([false, ['one more'], []]);
  expect(asked).toBe(1);
});

test('what was taken back is told as gone, and what happens elsewhere is not told', async () => {
  const mine = await phone.say('mine');
  const { mark } = await follow(phone.account, SPACE, SAID);
  await phone.say('elsewhere', '01J00000000000000000000ZZZ:contribution:1');
  await removeDocument(phone.account, SPACE, mine._id);
  const answer = await follow(phone.account, SPACE, SAID, { mark });
  expect(answer.documents).toEqual([]);
  expect(new Set(answer.gone)).toEqual(new Set([mine._id]));
});

test('a list of another database begins anew', async () => {
  await phone.say('mine');
  const answer = await follow(phone.account, SPACE, SAID, { mark: '1 of-somebody-else' });
  expect(answer.whole).toBe(true);
  expect(answer.documents).toHaveLength(1);
});

test.each([72, 1500])(
  'who made what in a process of %i things is one question, without a word of it',
  async (count) => {
    await many(count);
    let first: unknown;
    const asked = await questions(async () => {
      const answer = await heads(phone.account, SPACE);
      expect(answer.documents).toHaveLength(count);
      [first] = answer.documents;
    });
    expect(asked).toBe(1);
    const at = '2026-11-21T09:00:00Z';
    expect(first).toEqual({ _id: idOf(0), type: 'contribution', author: 'anna', by: 'anna', at, turn: 1 });
  },
);

test('what came since a mark is news; without a mark nothing is called new', async () => {
  await many(3);
  const first = await news(phone.account, SPACE);
  expect([first.known, first.ids]).toEqual([false, []]);
  await phone.say('later', idOf(7));
  const second = await news(phone.account, SPACE, first.mark);
  expect([second.known, second.ids]).toEqual([true, [idOf(7)]]);
  expect((await news(phone.account, SPACE, second.mark)).ids).toEqual([]);
});
