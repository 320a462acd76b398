import { describe, expect, it, vi } from 'vitest';
import { pathOf, read, report, type Carried } from './notices';

const MESSAGE = {
  web_push: 8030,
  mutable: true,
  notification: {
    title: 'Help is needed',
    body: 'Library, at six',
    lang: 'en',
    navigate: 'https://interlink.example/needs/1',
    tag: 'need-1',
    actions: [
      { action: 'accept', title: 'I come', navigate: '/needs/1?accept' },
      { action: 'decline', title: 'Not today', navigate: '/needs/1?decline' },
    ],
    data: { notice: 'n1', kind: 'needed' },
  },
};

describe('a message becomes a notification', () => {
  it('shows title, words, language, tag and buttons', () => {
    const { title, options } = read(JSON.stringify(MESSAGE));
    expect(title).toBe('Help is needed');
    expect(options).toMatchObject({ body: 'Library, at six', lang: 'en', tag: 'need-1', renotify: true });
    expect(options.actions).toEqual([
      { action: 'accept', title: 'I come' },
      { action: 'decline', title: 'Not today' },
    ]);
    expect((options.data as Carried).notice).toBe('n1');
  });

  it('lets who is spoken to mute the process with one tap, in the language of the message', () => {
    const data = { notice: 'n1', kind: 'mention', space: 'process-1', item: 't1' };
    const told = { ...MESSAGE.notification, actions: [], lang: 'lv', data };
    const { options } = read(JSON.stringify({ ...MESSAGE, notification: told }));
    expect(options.actions).toEqual([{ action: 'mute', title: 'Apklusināt procesu' }]);
    expect((options.data as Carried).asked).toEqual({ notice: 'n1', space: 'process-1', item: 't1' });
  });

  it.each([
    undefined,
    '',
    'hello',
    '{}',
    '{"web_push":1,"notification":{"title":"x"}}',
    '{"web_push":8030}',
    'null',
  ])('shows something for %s, because a push that shows nothing costs the permission', (text) => {
    const { title, options } = read(text);
    expect(title).toBe('Interlink');
    expect(options.renotify).toBeUndefined(); // without a tag a browser refuses it
  });
});

describe('a tap leads', () => {
  const origin = 'https://interlink.example';
  const carried = (navigate: string): Carried => ({ notice: 'n1', leads: { '': navigate } });

  it('to what the notice is about, or where its button says', () => {
    const data = read(JSON.stringify(MESSAGE)).options.data as Carried;
    expect(pathOf(data, '', origin, 2)).toBe('/needs/1');
    expect(pathOf(data, 'accept', origin, 2)).toBe('/needs/1?accept');
    expect(pathOf(data, 'unknown', origin, 2)).toBe('/needs/1');
  });

  it.each([
    'https://elsewhere.example/x',
    'javascript:alert(1)',
    '//elsewhere.example',
    'data:text/html,x',
    'https://[',
  ])('never to %s', (navigate) => expect(pathOf(carried(navigate), '', origin, 2)).toBe('/'));

  it('to both answers where a phone shows no buttons', () => {
    const about = { notice: 'n1', space: 'process-1', item: 't1', need: 'c1', occurrence: 'o1' };
    const message = { ...MESSAGE, notification: { ...MESSAGE.notification, data: about } };
    const data = read(JSON.stringify(message)).options.data as Carried;
    expect(data.asked).toEqual(about);
    expect(pathOf(data, '', origin, 0)).toBe('/inbox/n1');
    expect(pathOf(data, '', origin, 2)).toBe('/needs/1');
  });

  it('to the start when nothing is known', () => expect(pathOf(undefined, '', origin, 2)).toBe('/'));
});

describe('what was seen is told', () => {
  const answer = (status: number) => new Response(null, { status });

  it('again when the server is away, and no more once it heard', async () => {
    const ask = vi
      .fn<typeof fetch>()
      .mockRejectedValueOnce(new TypeError('offline'))
      .mockResolvedValueOnce(answer(503))
      .mockResolvedValueOnce(answer(204));
    await report('n1', 'shown', ask, [0, 0, 0, 0]);
    expect(ask).toHaveBeenCalledTimes(3);
    expect(JSON.parse(ask.mock.calls[0]![1]!.body as string)).toEqual({
      receipts: [{ notice: 'n1', seen: 'shown' }],
    });
  });

  it('not again to a server that says no, and not about nothing', async () => {
    const ask = vi.fn<typeof fetch>().mockResolvedValue(answer(401));
    await report('n1', 'opened', ask, [0, 0]);
    await report('', 'opened', ask, [0, 0]);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
