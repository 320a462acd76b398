// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { language } from '../i18n/language.svelte';
import Chain from './Chain.svelte';
import Rich from './rich/Rich.svelte';
import State from './State.svelte';
import Words from './Words.svelte';

let shown: Record<string, unknown> | undefined;
function show<Props extends Record<string, unknown>>(component: Component<Props>, props: Props): HTMLElement {
  document.body.replaceChildren();
  shown = mount(component, { target: document.body, props });
  flushSync();
  return document.body;
}
const words = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();

afterEach(() => {
  if (shown) void unmount(shown);
  language.choose('en');
});

it('labels a text that is not in the language of the screens, and marks it for screen readers', () => {
  const page = show(Words, { text: { lv: 'Sadarbība' } });
  expect(page.querySelector('span[lang=lv]')?.textContent).toBe('Sadarbība');
  expect(words(page.querySelector('.lang'))).toBe('In Latviešu');
});

it('says nothing of languages when there is nothing to say', () => {
  const page = show(Words, { text: { en: 'Together', lv: 'Kopā' } });
  expect(words(page)).toBe('Together');
  expect(page.querySelector('[lang]')).toBeNull();
});

it('follows the language of the screens at once', () => {
  const page = show(Words, { text: { en: 'Together', lv: 'Kopā' } });
  language.choose('lv');
  flushSync();
  expect(words(page)).toBe('Kopā');
});

it('tells progress in words, phase by phase', () => {
  const page = show(Chain, {
    links: [
      { name: 'Agree', progress: 1, begun: true },
      { name: 'Design', progress: 0.6, begun: true },
      { name: 'Learn', progress: 0, begun: false },
    ],
  });
  expect([...page.querySelectorAll('li')].map(words)).toEqual([
    'Agree: done',
    'Design: under way, 60%',
    'Learn: to come',
  ]);
});

it('writes no style attribute into its markup, which the policy of the page would refuse', () => {
  const page = show(Chain, { links: [{ name: 'Agree', progress: 0.5, begun: true }] });
  expect(page.querySelector('li')?.style.getPropertyValue('--p')).toBe('50%');
});

it('says of work that waits whether it waits for a network, and that words go before photos', () => {
  expect(words(show(State, { state: 'waiting', online: false }))).toBe('Waiting for a network');
  expect(words(show(State, { state: 'waiting', online: true, files: true }))).toBe('Waiting, text first');
  expect(words(show(State, { state: 'refused' }))).toBe('Not accepted');
});

it('builds formatted text from elements, and leaves scripts out', () => {
  const page = show(Rich, {
    text: '<p>See <a href="https://example.org">this</a></p><script>bad()</script>',
  });
  expect(page.querySelector('a')?.getAttribute('href')).toBe('https://example.org/');
  expect(page.querySelector('script')).toBeNull();
  expect(words(page)).toBe('See this (opens in a new window)');
});
