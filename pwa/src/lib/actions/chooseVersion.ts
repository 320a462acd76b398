/** A person chooses between versions of one thing (docs/conflicts.md): written here, sent later, closed by the server. */
import { ulid } from 'ulid';
import { store } from '../data/client';
import type { Version } from '../model/choice';
import type { Envelope } from '../model/documents';
import { envelope, signed, splitId } from '../model/envelope';
import { authorIn } from '../state/author';

/** Write the choice that `chosen()` made. Should the document have moved on meanwhile, both stand again. */
export async function chooseVersion(space: string, choice: Version): Promise<void> {
  const { _conflicts: _closed, ...content } = choice;
  await store.put<Envelope>(space, { ...content, ...signed(authorIn(space), new Date()) });
}

/** Choose one, and make a thing of its own of each other: first the others, so that nothing is out of sight in between. */
export async function keepBoth(space: string, choice: Version, others: readonly Version[]): Promise<void> {
  const author = authorIn(space);
  for (const other of others) {
    const { partition, type } = splitId(other._id);
    const { _rev, _conflicts, settles: _former, ...content } = other;
    const head = envelope(`${partition}:${type}:${ulid()}`, type, author, new Date());
    await store.put<Envelope>(space, { ...content, ...head, v: other.v, lang: other.lang });
  }
  await chooseVersion(space, choice);
}
