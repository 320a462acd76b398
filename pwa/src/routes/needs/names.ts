import { m } from '$lib/i18n/messages';
import type { ProcessView } from '$lib/model/process';

/** What a member is called here; nobody has a name before they answered or wrote something. */
export const nameIn = (view: ProcessView, member: string): string =>
  view.members.get(member)?.name || (member === view.standing.member ? m.you() : m.someone());
