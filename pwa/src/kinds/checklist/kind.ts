import { ulid } from 'ulid';
import { number } from '$lib/i18n/format';
import { m } from '$lib/i18n/messages';
import type { Checklist } from '$lib/model/documents';
import { kind } from '../contract';
import { csvOf, markdownOf } from './exports';
import { add } from './items';

export default kind<Checklist>({
  key: 'checklist',
  order: 2,
  icon: 'list',
  title: m.checklist_title,
  purpose: m.checklist_purpose,
  blank: (template = '') => ({ items: add([], template, ulid) }),
  summary({ items = [] }) {
    if (items.length === 0) return m.checklist_empty();
    const done = items.filter((item) => item.done).length;
    return m.checklist_done({ done: number(done), total: number(items.length) });
  },
  exports: [
    { to: 'md', title: m.checklist_as_markdown, write: markdownOf },
    { to: 'csv', title: m.checklist_as_table, write: csvOf },
  ],
  View: () => import('./View.svelte'),
});
