import { store } from '$lib/data/client';
import type { Held } from '$lib/data/store';
import { m } from '$lib/i18n/messages';
import type { Comment, Discussion } from '$lib/model/documents';
import { shown } from '$lib/model/mentions';
import { threadsAbout } from '$lib/model/talk';
import type { Place } from '../contract';

/** The question, what everybody said, and what came of it, in Markdown, with the names people chose. */
export async function transcript(
  { _id, question = '', conclusion = '' }: Held<Discussion>,
  { space, item, view }: Place,
): Promise<string> {
  const comments = await store.list<Comment>(space, item, 'comment');
  const nameOf = (member: string) => view.members.get(member)?.name || m.someone();
  const line = ({ author, text }: Comment, depth: string) =>
    `${depth}- **${nameOf(author)}**: ${shown(text, nameOf).replace(/\n+/g, ' ')}`;
  const said = threadsAbout(_id, comments, []).flatMap(({ root, replies }) => [
    root ? line(root, '') : `- *${m.talk_gone()}*`,
    ...replies.map((reply) => line(reply, '  ')),
  ]);
  const end = conclusion ? `## ${m.discussion_conclusion()}\n\n${conclusion}` : '';
  return [question, said.join('\n'), end].filter(Boolean).join('\n\n');
}
