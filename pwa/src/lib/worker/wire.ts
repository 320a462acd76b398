/**
 * Every request of the worker goes through here: the header against forged requests, a time-out, and one
 * question to each answer: is this our server speaking? A captive portal, a proxy's error page or silence
 * say nothing about my data, so they count as «no network» and never as an answer.
 */

/** Nobody of ours answered. */
export class NoAnswer extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause });
    this.name = 'NoAnswer';
  }
}

/** Our server is busy and says when to come again: nothing is wrong, and nothing is asked before. */
export class Later extends Error {
  constructor(readonly seconds: number) {
    super(`the server asks to come again in ${seconds} s`);
    this.name = 'Later';
  }
}

export interface WireInit extends RequestInit {
  /** Milliseconds until the head of the answer must be here. */
  timeout?: number;
  /** A file or an empty answer is looked for: then the caller checks what came. */
  anything?: boolean;
}

/** Throws NoAnswer or Later; every other answer is our server's, whatever its status. */
export type Wire = (path: string, init?: WireInit) => Promise<Response>;

export interface WireOptions {
  origin: string;
  /** In which the server's sentences are wished for. */
  language(): string;
  /** Told after each request: did our server answer? */
  heard(answered: boolean): void;
  fetch?: typeof fetch;
}

const LONGEST_WAIT = 300; // s: whoever says more is asked again all the same
const TIMEOUT = 45_000; // ms: a batch of a thousand documents on a slow mobile network

export function makeWire({ origin, language, heard, fetch = globalThis.fetch }: WireOptions): Wire {
  return async (path, { timeout = TIMEOUT, anything = false, signal, ...init } = {}) => {
    const headers = new Headers(init.headers);
    headers.set('X-Interlink', '1');
    headers.set('Accept-Language', language());
    const ended = new AbortController();
    const abort = () => ended.abort();
    const alarm = setTimeout(abort, timeout);
    signal?.addEventListener('abort', abort);
    try {
      const answer = await fetch.call(globalThis, new URL(path, origin).href, {
        ...init,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: ended.signal,
      });
      if (!anything && !isOurs(answer)) throw new NoAnswer(`not our server: ${answer.status}`);
      if (!anything) heard(true); // a file may come from a cache or a portal: that proves nothing
      const seconds = retryAfter(answer);
      if (seconds) throw new Later(seconds);
      return answer;
    } catch (problem) {
      if (problem instanceof Later) throw problem;
      if (!signal?.aborted) heard(false);
      throw problem instanceof NoAnswer ? problem : new NoAnswer('no network', problem);
    } finally {
      clearTimeout(alarm);
    }
  };
}

function isOurs(answer: Response): boolean {
  return /\bjson\b|^text\/event-stream/.test(answer.headers.get('Content-Type') ?? '');
}

/** Seconds of `Retry-After` (RFC 9110 §10.2.3) in an answer that means «not now»; undefined where none are told. */
function retryAfter(answer: Response): number | undefined {
  const told = answer.headers.get('Retry-After');
  if (!told || (answer.status !== 429 && answer.status !== 503)) return undefined;
  const seconds = Number.isNaN(Number(told)) ? (Date.parse(told) - Date.now()) / 1000 : Number(told);
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT) : undefined;
}
