// @vitest-environment jsdom
import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { screenStands } from '../state/first';
import { pieces } from './below.svelte';
import Turn from './Turn.svelte';

const children = createRawSnippet(() => ({ render: () => '<p>work</p>' }));
const opens = () => {
  const made = mount(Turn, { target: document.body, props: { children } });
  flushSync();
  return made;
};
const shown = () => document.querySelectorAll('p').length;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
});
afterEach(() => vi.useRealTimers());

// In this order: once the first screen stood, the app has begun for good.
it('makes each part of the first screen in a task of its own, and says when all are there', () => {
  const both = [opens(), opens()];
  expect([shown(), pieces.made, vi.getTimerCount()]).toEqual([0, false, 2]);
  vi.runAllTimers();
  flushSync();
  expect([shown(), pieces.made]).toEqual([2, true]);
  for (const one of both) void unmount(one);
});

it('waits for no part of a screen that somebody left', () => {
  const left = opens();
  expect(pieces.made).toBe(false);
  void unmount(left);
  flushSync();
  expect(pieces.made).toBe(true);
});

it('makes later screens at once', () => {
  screenStands();
  const screen = opens();
  expect([shown(), pieces.made]).toEqual([1, true]);
  void unmount(screen);
});
