/** What people of a process give to everybody: patterns and building blocks, first as drafts, then published. */
import { ulid } from 'ulid';
import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Envelope, OwnInterlinker, OwnSchema, Publication } from '../model/documents';
import { envelope, splitId } from '../model/envelope';
import { authorIn } from '../state/author';

export type Own = OwnSchema | OwnInterlinker;
type Told<D extends Envelope> = Omit<D, keyof Envelope | 'type'>;

/** Keep a new draft in its process; it waits here until there is a network. */
export async function saveOwn(space: string, type: 'own-schema', told: Told<OwnSchema>): Promise<void>;
export async function saveOwn(
  space: string,
  type: 'own-interlinker',
  told: Told<OwnInterlinker>,
): Promise<void>;
export async function saveOwn(space: string, type: Own['type'], told: object): Promise<void> {
  await store.put(space, {
    ...envelope(`all:${type}:${ulid()}`, type, authorIn(space), new Date()),
    ...told,
  });
}

const publicationId = (draft: Own) => `all:publication:${splitId(draft._id).key}`;

/** Let everybody use the draft as it is now, and tell what one must know of it. */
export async function publish(
  space: string,
  draft: Held<Own>,
  quality: Publication['quality'],
): Promise<void> {
  const id = publicationId(draft);
  const before = await store.get<Publication>(space, id);
  await store.put<Publication>(space, {
    ...envelope(id, 'publication', authorIn(space), new Date()),
    ...(before ? { author: before.author, _rev: before._rev } : {}),
    about: draft.type,
    revision: draft._rev,
    quality,
  });
}

/** Take a published draft back from everybody. The draft stays. */
export const takeBackPublication = (space: string, draft: Own) => store.remove(space, publicationId(draft));

export const removeOwn = (space: string, draft: Own) => store.remove(space, draft._id);
