/** Notices on this device, as the server knows it. */
import { ask } from './ask';

export type DeliveryState =
  | 'queued'
  | 'sent'
  | 'shown'
  | 'closed'
  | 'opened'
  | 'acted'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | 'replaced';

/** What became of one notice on this device. */
export interface Delivery {
  notice: string;
  kind: string;
  state: DeliveryState;
  /** The push service's own words when it would not. */
  reason: string;
  queued: string;
}

export interface PushHere {
  /** For the browser to subscribe with. */
  publicKey: string;
  /** `stale`: it must subscribe again; null: it takes no notices. */
  here: { state: 'on' | 'stale' | null; endpoint: string | null };
  /** The latest, newest first. */
  deliveries: Delivery[];
}

export const here = () => ask<PushHere>('GET', 'push');
export const subscribe = (subscription: PushSubscriptionJSON, publicKey: string) =>
  ask<void>('PUT', 'push/subscription', { subscription, publicKey });
export const unsubscribe = () => ask<void>('DELETE', 'push/subscription');
/** These are not on the lock screen any more, so nothing needs to take their place there. */
export const closed = (notices: readonly string[]) =>
  ask<void>('POST', 'push/receipts', { receipts: notices.map((notice) => ({ notice, seen: 'closed' })) });
/** Id of the notice that is on its way. */
export const test = () => ask<{ notice: string }>('POST', 'push/test').then((sent) => sent.notice);
