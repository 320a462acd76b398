import { store } from '../data/client';
import type { QuarantineDecision } from '../model/documents';
import { envelope, splitId } from '../model/envelope';
import { authorIn } from '../state/author';

/** Let handed-over work in, or not; `id` is that of the `quarantined` document. The server carries it out. */
export async function decideHanded(
  space: string,
  id: string,
  accept: boolean,
  answer: string,
): Promise<void> {
  const decision = `admin:quarantine-decision:${splitId(id).key}`;
  const head = envelope(decision, 'quarantine-decision', authorIn(space), new Date());
  await store.put<QuarantineDecision>(space, { ...head, accept, answer: answer.trim() });
}
