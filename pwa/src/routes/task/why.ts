/** Rights in one sentence: what I may do here, which team gave it, and on which item of the tree. */
import { language } from '$lib/i18n/language.svelte';
import { m } from '$lib/i18n/messages';
import type { Decision } from '$lib/model/access';
import { whyAt, type ProcessView } from '$lib/model/process';
import { nameIn } from '$lib/model/team';
import { textIn } from '$lib/model/text';

export function whySentence(view: ProcessView, item: string): string {
  const add = whyAt(view, 'create', item);
  const see = whyAt(view, 'access', item);
  if (add.because === 'administrator') return m.why_add_administrator();
  if (!see.allowed) {
    if (see.because === 'nothing') return m.why_closed_nothing();
    return see.at ? m.why_closed_item(named(view, see)) : m.why_closed_whole(named(view, see));
  }
  if (add.allowed) return add.at ? m.why_add_item(named(view, add)) : m.why_add_whole(named(view, add));
  return add.at ? m.why_read_item(named(view, add)) : m.why_read_whole(named(view, add));
}

function named(view: ProcessView, { teams, at }: Decision) {
  const names = teams.map((team) => nameIn(view.teams.get(team)?.name, language.code).text);
  const item = at && view.tree.byId.get(at)?.document.name;
  return { teams: names.filter(Boolean).join(', '), item: textIn(item || undefined, language.code).text };
}
