import { store } from '$lib/data/client';
import { m } from '$lib/i18n/messages';
import type { SharedFile } from '$lib/model/documents';
import { kind } from '../contract';
import { firstLine } from '../words';

export default kind<SharedFile>({
  key: 'file',
  order: 4,
  icon: 'file',
  title: m.file_title,
  purpose: m.file_purpose,
  blank: () => ({ files: [], note: '' }),
  wrong: ({ files = [] }) => (files.length > 0 ? undefined : m.file_missing()),
  summary: ({ files = [], note }) =>
    firstLine(note ?? '') || files.map(({ alt, name }) => alt || name).join(', ') || m.file_empty(),
  exports: [
    {
      to: 'bin',
      title: m.file_as_file,
      async write({ files = [] }, { space, item }) {
        const [first] = files;
        const blob = first && (await store.file(space, item, first.sha256));
        return blob && new File([blob], first.name, { type: first.type });
      },
    },
  ],
  View: () => import('./View.svelte'),
  Make: () => import('./Make.svelte'),
});
