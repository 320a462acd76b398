import { versions, type Envelope } from './documents';

/** Written by a newer app than this one: show it, don't let it be edited, offer the update. */
export function isNewer(document: Pick<Envelope, 'type' | 'v'>): boolean {
  const known = (versions as Record<string, number>)[document.type];
  return known === undefined || document.v > known;
}

/** Whether version `a` («1.4.2») came before `b`. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => parseInt(part, 10) || 0));
  for (let i = 0; i < Math.max(left!.length, right!.length); i += 1) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
