import { expect, test } from 'vitest';
import { BackOff } from './backoff';
import { listen } from './wakeup';
import { NoAnswer, type Wire } from './wire';

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
