/**
 * What the service worker does with notices: shows them, says so to the server, opens what they are about. The message is
 * Declarative Web Push JSON, which Safari understands by itself; here the same JSON is read by hand.
 */

import { locales } from '../i18n/paraglide/runtime';
import { m } from '../i18n/messages';
import type { Asked } from '../model/answers';

/** The part of a message that is shown. */
interface Told {
  title: string;
  body?: string;
  lang?: string;
  tag?: string;
  navigate?: string;
  silent?: boolean;
  actions?: { action: string; title: string; navigate: string }[];
  data?: Record<string, unknown>;
}

/** What a shown notification carries along for the tap on it. */
export interface Carried {
  notice: string;
  /** Addresses by the button that was pressed; of the notification itself under ''. */
  leads: Record<string, string>;
  /** What an answer is made of; undefined where nothing can be answered. */
  asked?: Asked;
}

export interface Shown {
  title: string;
  options: NotificationOptions & { actions?: { action: string; title: string }[]; renotify?: boolean };
}

/** A sign that something is shown although the message could not be read: a browser asks for that. */
const UNREADABLE: Told = { title: 'Interlink' };
const MOST_ACTIONS = 2;

/** Read a message. One that is not ours still shows something: what says nothing may not be silent either. */
export function read(text: string | undefined): Shown {
  const told = parse(text);
  const asked = askedIn(told.data ?? {});
  const actions = [...(told.actions ?? []), ...muting(told, asked)].slice(0, MOST_ACTIONS);
  const leads = Object.fromEntries([
    ['', told.navigate ?? '/'],
    ...actions.map((one) => [one.action, one.navigate]),
  ]);
  const data: Carried = { notice: textIn(told.data ?? {}, 'notice'), leads, ...(asked ? { asked } : {}) };
  return {
    title: told.title,
    options: {
      body: told.body ?? '',
      icon: '/icon-192.png',
      badge: '/icon-192.png',
      data,
      actions: actions.map(({ action, title }) => ({ action, title })),
      ...(told.lang ? { lang: told.lang } : {}),
      ...(told.tag ? { tag: told.tag, renotify: !told.silent } : {}),
      ...(told.silent ? { silent: true } : {}),
    },
  };
}

/** Whoever is spoken to too often can say so from the notification; what asks something keeps its two answers. */
function muting(told: Told, asked: Asked | undefined): NonNullable<Told['actions']> {
  if (!asked || told.data?.kind !== 'mention') return [];
  const locale = locales.find((one) => one === told.lang) ?? 'en';
  return [{ action: 'mute', title: m.inbox_mute_short({}, { locale }), navigate: told.navigate ?? '/' }];
}

/** Ids only; they name documents of spaces this device may read, and a server that lies could name no others. */
function askedIn(data: Record<string, unknown>): Asked | undefined {
  const said = (name: string) => textIn(data, name);
  if (!said('notice') || !said('space')) return undefined;
  const about = ['item', 'need', 'occurrence', 'assignment'] as const;
  const known = about.flatMap((name) => (said(name) ? [[name, said(name)] as const] : []));
  return { notice: said('notice'), space: said('space'), ...Object.fromEntries(known) };
}

const textIn = (data: Record<string, unknown>, name: string) =>
  typeof data[name] === 'string' ? data[name] : '';

function parse(text: string | undefined): Told {
  try {
    const message = JSON.parse(text ?? '') as { web_push?: number; notification?: Told };
    const told = message.notification;
    return message.web_push === 8030 && typeof told?.title === 'string' ? told : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

/**
 * Where a tap leads: a path of our own, whatever the message says. A phone that shows no buttons (`mostActions` of the browser is 0,
 * as on an iPhone) gets both answers on a page of the inbox.
 */
export function pathOf(
  carried: Carried | undefined,
  action: string,
  origin: string,
  mostActions: number,
): string {
  const leads = carried?.leads ?? {};
  const asks = Object.keys(leads).some((one) => one !== '' && one !== 'mute');
  if (asks && carried?.asked && mostActions === 0)
    return `/inbox/${encodeURIComponent(carried.asked.notice)}`;
  try {
    const url = new URL(leads[action] ?? leads[''] ?? '/', origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}

export type Seen = 'shown' | 'opened' | 'acted' | 'closed';

const PAUSES = [0, 2_000, 10_000]; // ms before each try

/** Tell the server what was seen; again changes nothing there. What cannot be told after three tries is not told. */
export async function report(notice: string, seen: Seen, ask: typeof fetch, pauses = PAUSES): Promise<void> {
  if (!notice) return;
  for (const pause of pauses) {
    await new Promise((done) => setTimeout(done, pause));
    const answer = await ask('/api/v1/push/receipts', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'X-Interlink': '1', 'Content-Type': 'application/json' },
      body: JSON.stringify({ receipts: [{ notice, seen }] }),
    }).catch(() => undefined);
    if (answer && answer.status < 500) return;
  }
}
