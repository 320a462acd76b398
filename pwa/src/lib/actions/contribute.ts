import { ulid } from 'ulid';
import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Contribution, FileRef } from '../model/documents';
import { envelope } from '../model/envelope';
import { authorIn } from '../state/author';
import { discardDraft } from './saveDraft';

export interface NewContribution {
  space: string;
  /** ULID of the task, objective or phase it belongs to. */
  item: string;
  text: string;
  files?: FileRef[];
  replyTo?: string;
  /** Language of the text where it is not the language of the screens. */
  lang?: string;
}

/** Say something at a task. It is kept here at once and sent when there is a network; its draft ends. */
export async function contribute(said: NewContribution): Promise<Held<Contribution>> {
  const author = authorIn(said.space);
  const kept = await store.put<Contribution>(said.space, {
    ...envelope(`${said.item}:contribution:${ulid()}`, 'contribution', author, new Date()),
    lang: said.lang ?? author.lang,
    text: said.text,
    files: said.files ?? [],
    ...(said.replyTo ? { reply_to: said.replyTo } : {}),
  });
  await discardDraft(said.space, said.item);
  return kept;
}
