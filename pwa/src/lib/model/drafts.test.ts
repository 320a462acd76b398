import { expect, it } from 'vitest';
import { hrefOfForm } from './drafts';

it.each([
  ['commons~~new', '/processes/new'],
  ['process-p~T~item', '/processes/p/items/T/edit'],
  ['process-p~O~add-task', '/processes/p/guide/edit'],
  ['process-p~p~about', '/processes/p/about/edit'],
  ['process-p~p~governance', '/processes/p/about/governance'],
  ['process-p~T', undefined],
  ['process-p~T~page:01ARZ3NDEKTSV4RRFFQ69G5FAV', undefined],
])('the form %s goes on at %s', (key, href) => {
  expect(hrefOfForm(key)).toBe(href);
});
