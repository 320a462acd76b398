import { ulid } from 'ulid';
import { store } from '../data/client';
import type { Approval, Assignment, Credit } from '../model/documents';
import { envelope, splitId } from '../model/envelope';
import { authorIn } from '../state/author';
import { changeDocument } from './changeDocument';

type Asked = Pick<Assignment, 'about' | 'people' | 'teams' | 'text' | 'due'>;
type Did = Pick<Credit, 'about' | 'part' | 'text' | 'minutes'>;

/** Ask people or teams to take care of a thing of this item. */
export async function assign(space: string, item: string, asked: Asked): Promise<void> {
  const head = envelope(`${item}:assignment:${ulid()}`, 'assignment', authorIn(space), new Date());
  await store.put<Assignment>(space, { ...head, ...asked, state: 'open' });
}

/** Say that it is done, withdraw it, or open it again. */
export async function setAssignment(
  space: string,
  id: string,
  state: NonNullable<Assignment['state']>,
): Promise<void> {
  await changeDocument<Assignment>(space, id, () => ({ state }));
}

/** «I did something here.» */
export async function claim(space: string, item: string, did: Did): Promise<void> {
  const head = envelope(`${item}:credit:${ulid()}`, 'credit', authorIn(space), new Date());
  await store.put<Credit>(space, { ...head, ...did });
}

/** Take back what I said I did. A credit is never changed, so that what was approved stays what it was. */
export async function takeBackClaim(space: string, credit: string): Promise<void> {
  await store.remove(space, credit);
}

/** Answer a credit as an administrator; each has one answer, which may change. */
export async function answerClaim(
  space: string,
  credit: string,
  approved: boolean,
  text: string,
): Promise<void> {
  const author = authorIn(space);
  const { partition, key } = splitId(credit);
  const id = `${partition}:approval:${key}-${author.member}`;
  const before = await store.get<Approval>(space, id);
  const head = envelope(id, 'approval', author, new Date());
  await store.put<Approval>(space, { ...before, ...head, about: credit, approved, text });
}
