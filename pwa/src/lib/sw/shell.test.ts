import type { PrecacheController } from 'workbox-precaching';
import { expect, test, vi } from 'vitest';
import { fetchAll } from './shell';

const AT = 'http://interlink.test';
const event = {} as ExtendableEvent;

interface Fetch {
  request: { url: string; cache: string };
  params: { cacheKey: string };
}

/** A shell of these files by their keys; `handle` fetches one of them. */
function shellOf(files: [string, string][], handle: (fetch: Fetch) => Promise<unknown>): PrecacheController {
  vi.stubGlobal(
    'Request',
    class {
      constructor(
        readonly url: string,
        how: object,
      ) {
        Object.assign(this, how);
      }
    },
  );
  const handleAll = (fetch: Fetch) => [handle(fetch), Promise.resolve()];
  return {
    getURLsToCacheKeys: () => new Map(files),
    strategy: { handleAll },
  } as unknown as PrecacheController;
}

const many = Array.from({ length: 50 }, (_, n): [string, string] => [`${AT}/a${n}.js`, `${AT}/a${n}.js`]);

test('every file is fetched once, several at a time', async () => {
  const fetched: string[] = [];
  let [now, most] = [0, 0];
  const shell = shellOf(many, async ({ request }) => {
    fetched.push(request.url);
    most = Math.max(most, (now += 1));
    await Promise.resolve();
    now -= 1;
  });
  await fetchAll(shell, event);
  expect(fetched.sort()).toEqual(many.map(([url]) => url).sort());
  expect(most).toBe(4);
});

test('only a file whose name says nothing of what it holds is asked from the server again', async () => {
  const asked: Record<string, string> = {};
  const files: [string, string][] = [
    [`${AT}/index.html`, `${AT}/index.html?__WB_REVISION__=1`],
    [`${AT}/a-1234.js`, `${AT}/a-1234.js`],
  ];
  await fetchAll(
    shellOf(files, async ({ request, params }) => {
      asked[params.cacheKey] = request.cache;
    }),
    event,
  );
  expect(asked).toEqual({
    [`${AT}/index.html?__WB_REVISION__=1`]: 'reload',
    [`${AT}/a-1234.js`]: 'default',
  });
});

test('a version of which one file is missing is not installed', async () => {
  const shell = shellOf(many, ({ request }) =>
    request.url.endsWith('a30.js') ? Promise.reject(new Error('404')) : Promise.resolve(),
  );
  await expect(fetchAll(shell, event)).rejects.toThrow('404');
});
