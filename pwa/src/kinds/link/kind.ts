import { safeHref } from '$lib/components/rich/nodes';
import { m } from '$lib/i18n/messages';
import type { Link } from '$lib/model/documents';
import { kind } from '../contract';
import { firstLine } from '../words';

export default kind<Link>({
  key: 'link',
  order: 5,
  icon: 'globe',
  title: m.link_title,
  purpose: m.link_purpose,
  blank: () => ({ url: '', note: '' }),
  wrong: ({ url }) => (safeHref(url) ? undefined : m.link_wrong()),
  summary: ({ url, note }) => firstLine(note ?? '') || url,
  exports: [
    {
      to: 'url',
      title: m.link_as_shortcut,
      write: ({ url }) => new Blob([`[InternetShortcut]\r\nURL=${url}\r\n`], { type: 'text/plain' }),
    },
  ],
  View: () => import('./View.svelte'),
  Make: () => import('./Make.svelte'),
});
