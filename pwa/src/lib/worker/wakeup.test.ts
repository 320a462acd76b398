import { expect, test } from 'vitest';
import { BackOff } from './backoff';
import { listen } from './wakeup';
import { Later, makeWire, NoAnswer, type Wire } from './wire';

function streamOf(...chunks: string[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
}

test('what moved is heard, also when a line arrives in two parts', async () => {
  const moved = JSON.stringify({ db_name: 'process-1', seq: '7-e-0', gained: 1, lost: 0 });
  const wire: Wire = async () =>
    streamOf(': \n\n', `data: ${moved.slice(0, 9)}`, `${moved.slice(9)}\nid: 7\n\n`);
  const heard = await new Promise((done) => {
    const stop = listen({ wire, back: () => undefined, heard: (...what) => (stop(), done(what)) });
  });
  expect(heard).toEqual(['process-1', '7-e-0 1 0']);
});

test('when the line is back after it was lost, that is told', async () => {
  let asked = 0;
  const wire: Wire = async () => {
    asked += 1;
    if (asked === 1) throw new NoAnswer('no network');
    return streamOf(': \n\n');
  };
  await new Promise<void>((done) => {
    const stop = listen({ wire, heard: () => undefined, back: () => (stop(), done()) });
  });
  expect(asked).toBe(2);
});

test('failures are answered with longer and longer waits, up to five minutes', () => {
  const backOff = new BackOff(() => 1);
  const waits = Array.from({ length: 10 }, () => backOff.next());
  expect(waits.slice(0, 3)).toEqual([2_000, 4_000, 8_000]);
  expect(waits.at(-1)).toBe(300_000);
  backOff.reset();
  expect(backOff.next()).toBe(2_000);
});

test('a server that says when to come again is not asked before', async () => {
  const asked: number[] = [];
  const wire: Wire = async () => {
    asked.push(Date.now());
    if (asked.length === 1) throw new Later(3);
    return streamOf(': \n\n');
  };
  await new Promise<void>((done) => {
    const stop = listen({ wire, heard: () => undefined, back: () => (stop(), done()) });
  });
  expect(asked[1]! - asked[0]!).toBeGreaterThan(2_900);
});

test('only a «not now» of a server that names a time is a time to wait for', async () => {
  const said = async (status: number, after: string) => {
    const headers = { 'Content-Type': 'application/json', 'Retry-After': after };
    const fetch = async () => new Response('{}', { status, headers });
    const wire = makeWire({ origin: 'http://x.test', language: () => 'en', heard: () => undefined, fetch });
    return wire('/db/').then(
      () => 'an answer',
      (problem: Error) => (problem instanceof Later ? Math.round(problem.seconds) : problem.name),
    );
  };
  expect(await said(429, '7')).toBe(7);
  expect(await said(503, new Date(Date.now() + 20_000).toUTCString())).toBeGreaterThan(17);
  expect(await said(429, '99999999')).toBe(300);
  for (const nothing of ['', '-5', '0', 'soon']) expect(await said(503, nothing)).toBe('an answer');
  expect(await said(200, '7')).toBe('an answer');
});
