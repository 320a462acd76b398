import { keptInvitation } from '$lib/state/invitation';
import { session } from '$lib/state/session.svelte';

/** Where one goes on after signing in: a name first, then what one came for. */
export function afterSignIn(): '/join' | '/' | '/sign-in?choose-name' {
  if (session.account?.name === '') return '/sign-in?choose-name';
  return keptInvitation() === null ? '/' : '/join';
}
