/** What this person was told, read from their own space and kept true: one list for the badge of the frame and for the inbox. */
import type { Held } from '../data/store';
import type { NoticeDocument, Read } from '../model/documents';
import { closed } from '../api/push';
import { clearShown } from '../data/subscription';
import { inboxOf, settled, unread, type Told } from '../model/notices';
import type { Following } from './following.svelte';
import { listed } from './listed.svelte';
import { session } from './session.svelte';
import { spaces } from './spaces.svelte';

class Inbox {
  #notices = $state.raw<Following<Held<NoticeDocument>>>();
  #reads = $state.raw<Following<Held<Read>>>();
  readonly all: readonly Told[] = $derived.by(() =>
    this.#notices && this.#reads ? inboxOf(this.#notices.value, this.#reads.value, new Date()) : [],
  );
  /** How many wait to be looked at; 0 until it is known which were read. */
  readonly unread: number = $derived(this.loaded ? unread(this.all).length : 0);

  /** The local answer is here. */
  get loaded(): boolean {
    return (this.#notices?.loaded && this.#reads?.loaded) ?? false;
  }
  /** My own space has not yet come to this device as a whole. */
  get coming(): boolean {
    return !this.loaded || !spaces.of(session.personSpace ?? '')?.complete;
  }

  /** Once, when the app starts. */
  start(): void {
    $effect.root(() => {
      const own = () => (session.ready ? session.personSpace : null);
      const all = () => 'all';
      this.#notices = listed(own, all, 'notice');
      this.#reads = listed(own, all, 'read');
      // What was answered in the app, or on another phone, is not asked on the lock screen any more.
      $effect(() => {
        if (this.loaded) void clear(settled(this.all)).catch(() => undefined);
      });
    });
  }
}

async function clear(notices: readonly string[]): Promise<void> {
  const cleared = await clearShown(notices);
  if (cleared.length > 0) await closed(cleared);
}

export const inbox = new Inbox();
