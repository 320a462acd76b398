import { addPasskey } from '../api/account';
import { Problem, Unreachable } from '../api/client';
import { accept, type Joined } from '../api/invitations';
import { withName } from '../api/session';
import { store } from '../data/client';
import { deviceName } from '../model/devices';
import { forgetInvitation } from '../state/invitation';
import { session } from '../state/session.svelte';

/** Join as who is signed in; resolves when the device knows what it may read now. Throws Problem or Unreachable. */
export async function joinProcess(token: string): Promise<Joined> {
  const joined = await accept(token);
  forgetInvitation();
  await store.refreshSpaces();
  void store.sync();
  return joined;
}

/** Become somebody here: an account that is a name and, where `passkey` asks for it, a passkey on this device. */
export async function introduce(name: string, token: string, passkey: boolean): Promise<void> {
  await session.enter(withName(name, token));
  // Without one (a wrong finger, no answer) the person is in all the same, and can make one later.
  if (passkey) await addPasskey(deviceName(navigator.userAgent)).catch(unlessKnown);
}

function unlessKnown(problem: unknown): void {
  if (!(problem instanceof Problem || problem instanceof Unreachable)) throw problem;
}
