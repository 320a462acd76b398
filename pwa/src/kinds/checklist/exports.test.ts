import { expect, it } from 'vitest';
import type { Checklist } from '$lib/model/documents';
import { csvOf, markdownOf } from './exports';

const list = {
  name: 'Table',
  items: [
    { id: '2', text: '=SUM(A1) "now", please', done: false, order: 'a1' },
    { id: '1', text: 'Chairs', done: true, order: 'a0' },
  ],
} as Checklist;

it('writes the list as people see it', async () => {
  expect(await markdownOf(list).text()).toBe('# Table\n\n- [x] Chairs\n- [ ] =SUM(A1) "now", please\n');
});

it('writes a table that no spreadsheet runs', async () => {
  const text = await csvOf(list).text(); // the mark for UTF-8 is read away
  expect(text).toContain('"Chairs","yes"\r\n');
  expect(text).toContain('"\'=SUM(A1) ""now"", please","no"\r\n');
});
