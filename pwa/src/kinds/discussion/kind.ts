import { m } from '$lib/i18n/messages';
import type { Discussion } from '$lib/model/documents';
import { kind } from '../contract';
import { firstLine, markdown } from '../words';

export default kind<Discussion>({
  key: 'discussion',
  order: 3,
  icon: 'talk',
  title: m.discussion_title,
  purpose: m.discussion_purpose,
  blank: (template = '') => ({ question: template.slice(0, 5_000), closed: false, conclusion: '' }),
  summary: ({ question, closed, conclusion }) =>
    closed
      ? firstLine(conclusion ?? '') || m.discussion_closed()
      : firstLine(question ?? '') || m.discussion_open(),
  closed: ({ closed }) => closed === true,
  exports: [
    {
      to: 'md',
      title: m.discussion_as_markdown,
      async write(asset, place) {
        const { transcript } = await import('./transcript');
        return markdown(asset.name, await transcript(asset, place));
      },
    },
  ],
  View: () => import('./View.svelte'),
  Make: () => import('./Make.svelte'),
});
