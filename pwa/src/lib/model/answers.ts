/**
 * What a person can answer to a notice, and the documents such an answer is. The service worker answers from the lock screen, the
 * app from the inbox: both write the same, from what is on the device, with or without a network.
 */
import type {
  Assignment,
  Claim,
  Document,
  Envelope,
  NoticeDocument,
  Read,
  WishesDocument,
} from './documents';
import { envelope, type Author } from './envelope';
import { claimId } from './needs';

const ANSWERS = ['accept', 'decline', 'done', 'later', 'mute'] as const;
export type Answer = (typeof ANSWERS)[number];

export const isAnswer = (word: string | null | undefined): word is Answer => ANSWERS.includes(word as Answer);

/** What is asked, in ids: of a notice in the inbox, and of what a push carries for the service worker. */
export interface Asked {
  notice: string;
  /** Name of the space it is about. */
  space: string;
  item?: string;
  need?: string;
  occurrence?: string;
  assignment?: string;
}

export interface Here {
  /** Name of my own space. */
  own: string;
  /** Me, as I write in a space; undefined where I am no member on this device. */
  me(space: string): Author | undefined;
  get<D extends Envelope>(space: string, id: string): Promise<D | undefined>;
  now: Date;
}

export interface Written {
  space: string;
  document: Document;
}

export const noticeId = (notice: string) => `all:notice:${notice}`;
export const readId = (notice: string) => `all:read:${notice}`;
export const WISHES = 'all:wishes:self';

/** The documents an answer is; undefined where this device lacks what they are made of. */
export async function answerOf(asked: Asked, answer: Answer, here: Here): Promise<Written[] | undefined> {
  if (answer === 'later') return readAs(asked, 'later', here);
  const act = await actOf(asked, answer, here);
  const read = await readAs(asked, answer === 'mute' ? 'read' : 'done', here);
  return act && read && [act, ...read];
}

/** That a notice was seen or settled, or is to come again. Nothing where that is known. */
export async function readAs(
  asked: Pick<Asked, 'notice'>,
  state: Read['state'],
  here: Here,
): Promise<Written[] | undefined> {
  const me = here.me(here.own);
  if (!me) return undefined;
  const id = readId(asked.notice);
  const before = await here.get<Read>(here.own, id);
  if (before?.state === state || (before?.state === 'done' && state === 'read')) return [];
  return [{ space: here.own, document: { ...before, ...envelope(id, 'read', me, here.now), state } }];
}

async function actOf(
  asked: Asked,
  answer: Exclude<Answer, 'later'>,
  here: Here,
): Promise<Written | undefined> {
  if (answer === 'mute') return mute(asked, here);
  const me = here.me(asked.space);
  if (!me || !asked.item) return undefined;
  if (answer === 'done' && asked.assignment) return finished(asked, me, here);
  if (!asked.need || !asked.occurrence) return undefined;
  const id = claimId(asked.item, asked.occurrence, me.member);
  const before = await here.get<Claim>(asked.space, id);
  const state = answer === 'accept' ? 'asked' : answer === 'decline' ? 'withdrawn' : 'done';
  const document = {
    ...before,
    ...envelope(id, 'claim', me, here.now),
    // A new yes or no ends what was offered before: nobody hands on, or takes, by an old word.
    ...(state === 'done' ? {} : { hand_to: null, takes_from: null }),
    need: asked.need,
    state,
  } as const;
  return { space: asked.space, document };
}

async function finished(asked: Asked, me: Author, here: Here): Promise<Written | undefined> {
  const before = await here.get<Assignment>(asked.space, `${asked.item}:assignment:${asked.assignment}`);
  if (!before) return undefined;
  const by = { by: me.member, device: me.device, at: here.now.toISOString() };
  return { space: asked.space, document: { ...before, ...by, state: 'done' } };
}

/** Hear no more of the call it is about, else of the process. */
async function mute(asked: Asked, here: Here): Promise<Written | undefined> {
  return changedWishes(here, ({ muted = [] }) => ({ muted: [...new Set([...muted, thingOf(asked)])] }));
}

/** Id of the need, or name of the process: what «hear no more of this» is about. */
export const thingOf = ({ space, item, need }: Asked) => (need && item ? `${item}:need:${need}` : space);

/** My wishes with some of them changed. The device says in which zone I live, so that quiet hours are my own. */
export async function changedWishes(
  here: Here,
  change: (now: Partial<WishesDocument>) => Partial<WishesDocument>,
  zone = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): Promise<Written | undefined> {
  const me = here.me(here.own);
  if (!me) return undefined;
  const before = await here.get<WishesDocument>(here.own, WISHES);
  const document = {
    zone,
    ...before,
    ...envelope(WISHES, 'wishes', me, here.now),
    ...change(before ?? {}),
  } as const;
  return { space: here.own, document };
}

/** What an inbox asks by its notice. */
export function askedBy(notice: NoticeDocument & { _id: string }): Asked {
  const { item, need, occurrence, assignment } = notice.about ?? {};
  return {
    notice: notice._id.slice(noticeId('').length),
    space: notice.space,
    ...(item ? { item } : {}),
    ...(need ? { need } : {}),
    ...(occurrence ? { occurrence } : {}),
    ...(assignment ? { assignment } : {}),
  };
}
