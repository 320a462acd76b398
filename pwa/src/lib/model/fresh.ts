/** What others added or changed since a visit, one line for each kind of thing at each item, the newest first. */
import type { Head } from './head';
import { deedsOf, type Deed } from './activity';

export interface Fresh extends Deed {
  /** Member ids of those who did it, the latest first. */
  people: string[];
}

export function freshOf(
  heads: readonly Head[],
  ids: ReadonlySet<string>,
  me: string | undefined,
  since: string,
): Fresh[] {
  const news = heads.filter((head) => ids.has(head._id));
  const lines = new Map<string, Fresh>();
  const latest = new Set<string>(); // of a document its latest deed: one that came changed is new, not changed
  for (const deed of deedsOf(news)) {
    if (deed.who === me || latest.has(deed.document)) continue;
    latest.add(deed.document);
    // Made after the visit and changed since: for who was away it is simply new. (Clocks may differ; then it is called changed.)
    const verb = deed.verb === 'changed' && madeSince(deed, news, since) ? 'added' : deed.verb;
    const line = [deed.item ?? '', deed.type, verb].join(' ');
    const before = lines.get(line);
    if (!before) lines.set(line, { ...deed, verb, people: [deed.who] });
    else {
      before.count += 1;
      if (!before.people.includes(deed.who)) before.people.push(deed.who);
    }
  }
  return [...lines.values()];
}

function madeSince(deed: Deed, news: readonly Head[], since: string): boolean {
  const made = deedsOf(news.filter((head) => head._id === deed.document)).find((one) => one.verb === 'added');
  return made !== undefined && made.at >= since;
}
