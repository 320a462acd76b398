import type { Author } from '../model/envelope';
import { session } from './session.svelte';
import { spaces } from './spaces.svelte';

/** Me, as I write in this space. Throws when nobody is signed in or I am no member there. */
export function authorIn(space: string): Author {
  const account = session.account;
  const member = space === session.personSpace ? account?.id : spaces.of(space)?.member;
  if (!member) throw new Error(`nobody may write in ${space} from here`);
  return { member, device: session.device, lang: session.language };
}
