import type { Followed } from './store';

/** The list with what was changed put in its place and what went taken out. */
export function apply<D extends { _id: string }>(
  before: readonly D[],
  { documents, gone }: Pick<Followed<D>, 'documents' | 'gone'>,
): readonly D[] {
  if (documents.length === 0 && gone.length === 0) return before;
  const last = before.at(-1)?._id ?? '';
  if (gone.length === 0 && documents.every((one, n) => one._id > (n ? documents[n - 1]!._id : last)))
    return [...before, ...documents]; // the common case: somebody said one more thing, or a next page
  const changed = new Map(documents.map((one) => [one._id, one]));
  const went = new Set(gone);
  const kept = before.flatMap((one) => {
    if (went.has(one._id) && !changed.has(one._id)) return [];
    const now = changed.get(one._id) ?? one;
    changed.delete(one._id);
    return [now];
  });
  return [...kept, ...changed.values()].sort((a, b) => (a._id < b._id ? -1 : 1));
}
