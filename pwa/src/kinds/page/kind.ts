import { m } from '$lib/i18n/messages';
import type { Page } from '$lib/model/documents';
import { kind } from '../contract';
import { firstLine, markdown } from '../words';

export default kind<Page>({
  key: 'page',
  order: 1,
  icon: 'note',
  title: m.page_title,
  purpose: m.page_purpose,
  blank: (template = '') => ({ text: template }),
  summary: ({ text }) => firstLine(text ?? '') || m.page_empty(),
  exports: [
    { to: 'md', title: m.page_as_markdown, write: ({ name, text }) => markdown(name, text ?? '') },
    {
      to: 'html',
      title: m.page_as_html,
      write: async (page) => (await import('./html')).htmlOf(page),
    },
  ],
  View: () => import('./View.svelte'),
});
