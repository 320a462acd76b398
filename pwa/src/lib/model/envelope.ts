import type { Envelope } from './documents';

/** Who writes, where, in which language. */
export interface Author {
  /** Member id in a process; account id in the own space. */
  member: string;
  device: string;
  lang: string;
}

/** The members every document begins with. `at` is the device's clock: never used for order. */
export function envelope<T extends string>(
  id: string,
  type: T,
  author: Author,
  now: Date,
): Envelope & { type: T } {
  return {
    _id: id,
    type,
    v: 1,
    lang: author.lang,
    author: author.member,
    by: author.member,
    device: author.device,
    at: now.toISOString(),
  };
}

/** What a change of a document says of who made it: its author stays whose it is. */
export const signed = ({ member, device }: Author, now: Date): Pick<Envelope, 'by' | 'device' | 'at'> => ({
  by: member,
  device,
  at: now.toISOString(),
});

/** `partition:type:key`; only the first two colons part. */
export function splitId(id: string): { partition: string; type: string; key: string } {
  const first = id.indexOf(':');
  const second = id.indexOf(':', first + 1);
  if (first < 1 || second < first + 2) throw new TypeError(`not a document id: ${id}`);
  return { partition: id.slice(0, first), type: id.slice(first + 1, second), key: id.slice(second + 1) };
}
