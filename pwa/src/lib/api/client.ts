/** The few requests a page makes itself. Everything else travels as documents. */
const TIMEOUT = 20_000;

/** What the server said no to, as told in its problem document; `code` is for us, `detail` for the person. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

/** No answer of our server: no network, a time-out, or a portal that answers in its place. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('no answer of the server', { cause });
    this.name = 'Unreachable';
  }
}

/** The answer to one request. Throws Unreachable. */
async function sent(method: string, path: string, language: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { 'X-Interlink': '1', 'Accept-Language': language };
  const file = body instanceof Blob;
  if (body !== undefined) headers['Content-Type'] = file ? body.type : 'application/json';
  try {
    return await fetch(`/api/v1/${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
      ...(body === undefined ? {} : { body: file ? body : JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new Unreachable(cause);
  }
}

/** What an answer says in JSON. Throws Problem or Unreachable. */
async function read<T>(answer: Response): Promise<T> {
  if (!/\bjson\b/.test(answer.headers.get('Content-Type') ?? '')) throw new Unreachable(answer.status);
  const said = (await answer.json().catch((cause: unknown) => {
    throw new Unreachable(cause);
  })) as T & { code?: string; detail?: string; title?: string };
  if (!answer.ok) throw new Problem(answer.status, said.code ?? '', said.detail ?? said.title ?? '');
  return said;
}

/** One request to `/api/v1/…`, of JSON or of a file as it is; the answer is JSON. Throws Problem or Unreachable. */
export async function request<T>(method: string, path: string, body?: unknown, language = 'en'): Promise<T> {
  const answer = await sent(method, path, language, body);
  if (answer.status === 204 || (answer.ok && answer.headers.get('Content-Length') === '0'))
    return undefined as T;
  return read<T>(answer);
}

/** A file made by the server for this person. Throws Problem or Unreachable. */
export async function download(path: string, language = 'en'): Promise<Blob> {
  const answer = await sent('GET', path, language);
  if (!answer.ok || answer.headers.get('Content-Type')?.startsWith('text/html')) await read<unknown>(answer);
  try {
    return await answer.blob();
  } catch (cause) {
    throw new Unreachable(cause);
  }
}
