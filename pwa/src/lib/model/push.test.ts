import { describe, expect, it } from 'vitest';
import { makerOf, repair, standing, type Browser, type Compared } from './push';

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';

const browser = (how: Partial<Browser>): Browser => ({
  able: true,
  agent: ANDROID,
  touchPoints: 5,
  installed: false,
  permission: 'default',
  subscribed: false,
  ...how,
});

describe('how notices stand', () => {
  it.each<[string, Partial<Browser>, string]>([
    ['nobody was asked yet', {}, 'off'],
    ['it was allowed and subscribed', { permission: 'granted', subscribed: true }, 'on'],
    ['it was allowed and switched off again', { permission: 'granted' }, 'off'],
    ['it was refused', { permission: 'denied' }, 'blocked'],
    ['the browser cannot', { able: false }, 'unsupported'],
    ['an iPhone in the browser', { agent: IPHONE, able: false }, 'install'],
    ['an iPad that says it is a Mac', { agent: MAC, able: false }, 'install'],
    ['a Mac', { agent: MAC, touchPoints: 0 }, 'off'],
    ['an iPhone on the Home Screen', { agent: IPHONE, installed: true }, 'off'],
    ['an old iPhone on the Home Screen', { agent: IPHONE, installed: true, able: false }, 'unsupported'],
  ])('%s', (_, how, expected) => expect(standing(browser(how))).toBe(expected));

  it('knows whose steps to show', () => {
    expect([ANDROID, FIREFOX, MAC, ANDROID.replace('Android 14; K', 'X11'), 'curl/8'].map(makerOf)).toEqual([
      'android',
      'firefox',
      'safari',
      'chrome',
      'other',
    ]);
  });
});

describe('what a start repairs', () => {
  const fine: Compared = {
    wanted: true,
    granted: true,
    endpoint: 'a',
    server: { state: 'on', endpoint: 'a' },
  };
  it.each<[string, Partial<Compared>, string]>([
    ['all agree', {}, 'nothing'],
    [
      'nobody wants any',
      { wanted: false, endpoint: null, server: { state: null, endpoint: null } },
      'nothing',
    ],
    ['the browser lost its subscription', { endpoint: null }, 'subscribe'],
    ['the browser has another address now', { endpoint: 'b' }, 'subscribe'],
    ['the push service had forgotten it', { server: { state: null, endpoint: null } }, 'subscribe'],
    ['the key is of yesterday', { server: { state: 'stale', endpoint: 'a' } }, 'renew'],
    ['the permission was taken back', { granted: false, endpoint: null }, 'withdraw'],
    ['somebody else subscribed here before', { wanted: false }, 'silence'],
  ])('%s', (_, how, expected) => expect(repair({ ...fine, ...how })).toBe(expected));
});
