/**
 * The one connection that stays open: `_db_updates` says when one of my spaces moved. It is read as a
 * stream and not with EventSource, which hides the comments that prove the line is alive. Where a proxy
 * swallows the stream, the same question is asked by longpoll.
 */
import { BackOff } from './backoff';
import { standOf, type Moved } from './sync';
import { Later, type Wire } from './wire';

const SILENCE = 50_000; // ms: the server sends a comment every 20 s
const LONGPOLL = 55_000;

export interface WakeUp {
  wire: Wire;
  /** Something moved: `stand` is that of standOf. */
  heard(space: string, stand: string): void;
  /** The line came back after it was lost. */
  back(): void;
}

/** Listen until stopped. */
export function listen({ wire, heard, back }: WakeUp): () => void {
  const stopped = new AbortController();
  const backOff = new BackOff();
  void (async () => {
    let silent = 0; // streams in a row that brought nothing
    let lost = false;
    while (!stopped.signal.aborted) {
      try {
        const tell = (moved: Moved) => heard(moved.db_name, standOf(moved));
        const came = () => {
          backOff.reset();
          silent = 0;
          if (lost) back();
          lost = false;
        };
        if (silent < 2) {
          silent += 1;
          await stream(wire, stopped.signal, tell, came);
        } else await longpoll(wire, stopped.signal, tell, came);
      } catch (problem) {
        lost = true;
        const told = problem instanceof Later ? problem.seconds * 1000 : 0;
        await pause(Math.max(backOff.next(), told), stopped.signal);
      }
    }
  })();
  return () => stopped.abort();
}

async function stream(
  wire: Wire,
  stop: AbortSignal,
  tell: (moved: Moved) => void,
  came: () => void,
): Promise<void> {
  const ended = new AbortController();
  const end = () => ended.abort();
  stop.addEventListener('abort', end);
  let watchdog = setTimeout(end, SILENCE);
  try {
    const answer = await wire('/db/_db_updates?feed=eventsource', { signal: ended.signal });
    if (!answer.ok || !answer.body) throw new Error(`the feed answered ${answer.status}`);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error('the feed ended');
      clearTimeout(watchdog);
      watchdog = setTimeout(end, SILENCE);
      came();
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('data:')) tell(JSON.parse(line.slice(5)) as Moved);
    }
  } finally {
    clearTimeout(watchdog);
    stop.removeEventListener('abort', end);
    end();
  }
}

async function longpoll(
  wire: Wire,
  stop: AbortSignal,
  tell: (moved: Moved) => void,
  came: () => void,
): Promise<void> {
  let since = '';
  for (;;) {
    const path = `/db/_db_updates?feed=longpoll&timeout=${LONGPOLL}&since=${encodeURIComponent(since)}`;
    const answer = await wire(path, { signal: stop, timeout: LONGPOLL + 20_000 });
    if (!answer.ok) throw new Error(`the feed answered ${answer.status}`);
    came();
    const { results, last_seq } = (await answer.json()) as { results: Moved[]; last_seq: string };
    since = String(last_seq);
    results.forEach(tell);
  }
}

function pause(time: number, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, time);
    stop.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}
