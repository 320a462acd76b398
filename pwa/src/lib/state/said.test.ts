// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';

it('acts on what the service worker said before anybody listened, in order and once', async () => {
  const worker = new EventTarget();
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { serviceWorker: worker }));
  const says = (data: unknown) => worker.dispatchEvent(new MessageEvent('message', { data }));
  const { hearWorker } = await import('./said');
  says('early');
  const heard: unknown[] = [];
  hearWorker((told) => heard.push(told));
  says('late');
  expect(heard).toEqual(['early', 'late']);
});
