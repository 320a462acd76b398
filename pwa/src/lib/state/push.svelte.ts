import { changeWishes } from '../actions/answerNotice';
import * as api from '../api/push';
import {
  currentSubscription,
  digestOf,
  isAble,
  isWanted,
  permission,
  silence,
  subscribeWith,
  want,
} from '../data/subscription';
import type { Asked } from '../model/answers';
import { makerOf, repair, standing, type Standing } from '../model/push';
import { hearWorker } from './said';
import { session } from './session.svelte';

/**
 * Notices on this device. Nobody is asked for anything when the app opens: `turnOn` belongs behind a button, after words that say
 * what for. At each start the browser and the server are compared and put right, when there is anything to compare.
 */
class Push {
  #standing = $state<Standing>('off');
  #compared = '';

  get standing(): Standing {
    return this.#standing;
  }
  /** Whose steps out of «blocked» to show. */
  get maker() {
    return makerOf(navigator.userAgent);
  }

  /** Look at the browser again; asks neither the person nor the server. */
  async look(): Promise<void> {
    const account = session.account?.id ?? '';
    this.#standing = standing({
      able: isAble(),
      agent: navigator.userAgent,
      touchPoints: navigator.maxTouchPoints,
      installed: matchMedia('(display-mode: standalone)').matches,
      permission: permission(),
      subscribed: isWanted(account) && (await currentSubscription()) !== null,
    });
  }

  /** After a tap: ask the person, subscribe, tell the server. Throws Problem or Unreachable; a no of the person is no error. */
  async turnOn(): Promise<void> {
    const account = session.account?.id;
    const said = await Notification.requestPermission(); // first: a browser wants to see the tap
    if (said === 'granted' && account) {
      const { publicKey } = await api.here();
      await this.#subscribe(account, publicKey, false);
      await changeWishes(() => ({})); // so that the server knows in which zone the quiet hours are
    }
    await this.look();
  }

  async turnOff(): Promise<void> {
    await api.unsubscribe();
    await silence();
    await this.look();
  }

  /** Once for each account: hear what the service worker says, and put right what went apart while nobody looked. */
  start(go: (path: string) => void, accepted: (asked: Asked) => void): void {
    hearWorker((said) => {
      const told = said as { kind?: string; path?: string; asked?: Asked } | null;
      if (told?.kind === 'go' && told.path?.startsWith('/')) go(told.path);
      if (told?.kind === 'accepted' && told.asked) accepted(told.asked);
    });
    $effect.root(() => {
      $effect(() => {
        const account = session.told?.id;
        if (!account || account === this.#compared) return;
        this.#compared = account;
        void this.#compare(account).catch(() => (this.#compared = '')); // offline after all: the next answer of the server
      });
    });
  }

  async #compare(account: string): Promise<void> {
    const subscription = await currentSubscription();
    if (!subscription && !isWanted(account)) return;
    const known = await api.here();
    // What this browser noted may be gone with a battery; what the server knows of this very session is the same wish.
    const wanted = isWanted(account) || known.here.state !== null;
    if (wanted) want(account);
    const what = repair({
      wanted,
      granted: permission() === 'granted',
      endpoint: subscription && (await digestOf(subscription.endpoint)),
      server: known.here,
    });
    if (what === 'subscribe' || what === 'renew')
      await this.#subscribe(account, known.publicKey, what === 'renew');
    if (what === 'withdraw') await api.unsubscribe();
    if (what === 'withdraw' || what === 'silence') await silence();
    await this.look();
  }

  async #subscribe(account: string, publicKey: string, renew: boolean): Promise<void> {
    const subscription = await subscribeWith(publicKey, renew);
    await api.subscribe(subscription.toJSON(), publicKey);
    want(account);
  }
}

export const push = new Push();
