import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Body, Database } from './pouch';
import { rescuesOf } from './rescues';
import { aPhone, TASK, type Phone } from './testing/phone';
import { TestServer } from './testing/server';

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

describe('a server that says when to come again is not asked before, and nothing is lost', () => {
  const busy = (status: number, seconds: number) =>
    new Response(JSON.stringify({ error: 'too_many_requests', reason: '' }), {
      status,
      headers: { 'Content-Type': 'application/json', 'Retry-After': String(seconds) },
    });

  test('five thousand documents against a small limit arrive whole, and none is refused', async () => {
    await phone.sync.run();
    const { database } = (await phone.account.record('process-1'))!;
    const many = Array.from({ length: 5000 }, (_, n) => ({
      _id: `${TASK}:contribution:${String(n).padStart(6, '0')}`,
    }));
    await phone.account.local(database).bulkDocs(many as unknown as Body[]);
    await phone.say('and one more');
    const early: string[] = [];
    let [left, opens] = [1000, 0];
    server.fault = (path, body) => {
      if (Date.now() < opens - 5) early.push(path); // a timer may be some milliseconds early
      if (!path.endsWith('_bulk_docs')) return null;
      if (opens && Date.now() >= opens - 5) [left, opens] = [1000, 0];
      left -= (JSON.parse(body) as { docs: [] }).docs.length;
      if (left >= 0) return null;
      opens = Date.now() + 1000;
      return busy(429, 1);
    };
    await phone.sync.run();
    while ((await process.info()).doc_count < 5001) await phone.sync.run();
    while (phone.sync.status.now.waiting) await phone.sync.run();
    expect(early).toEqual([]);
    expect(await rescuesOf(phone.account)).toEqual([]);
    expect(phone.sync.status.now).toMatchObject({ online: true, refused: 0 });
  }, 120_000);

  test('a full disk is waited for, whoever presses «sync now» meanwhile', async () => {
    await phone.sync.run();
    await phone.say('waits for room');
    server.fault = (path) => (path.endsWith('_bulk_docs') ? busy(503, 60) : null);
    expect(await phone.sync.run()).toMatchObject({ online: true, waiting: 1, refused: 0 });
    server.requests.length = 0;
    await phone.sync.run();
    expect(server.requests).toEqual([]);
  });
});
