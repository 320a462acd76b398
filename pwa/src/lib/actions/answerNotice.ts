/** What a person says to a notice in the app; the service worker says the same from the lock screen (`sw/answers.ts`). */
import { store } from '../data/client';
import type { Envelope } from '../model/documents';
import type { Author } from '../model/envelope';
import {
  answerOf,
  changedWishes,
  readAs,
  type Answer,
  type Asked,
  type Here,
  type Written,
} from '../model/answers';
import type { WishesDocument } from '../model/documents';
import { authorIn } from '../state/author';
import { session } from '../state/session.svelte';

let writing: Promise<unknown> = Promise.resolve();

/** One after the other, so that each sees what the one before wrote: two quick taps are two words, not a conflict. */
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const done = writing.then(act);
  writing = done.catch(() => undefined);
  return done;
}

/** Say it, with or without a network. False: what the answer is about is not on this device. */
export const answerNotice = (asked: Asked, answer: Answer): Promise<boolean> =>
  inTurn(async () => write(await answerOf(asked, answer, here())));

/** It was looked at; on all my devices it is new no more. */
export const markRead = (...notices: string[]): Promise<void> =>
  inTurn(async () => {
    for (const notice of notices) await write(await readAs({ notice }, 'read', here()));
  });

/** Hear of it again. */
export async function hearAgain(thing: string): Promise<void> {
  await changeWishes(({ muted = [] }) => ({ muted: muted.filter((one) => one !== thing) }));
}

/** Change how I want to be told; the rest stays. */
export const changeWishes = (
  change: (now: Partial<WishesDocument>) => Partial<WishesDocument>,
): Promise<void> =>
  inTurn(async () => {
    const written = await changedWishes(here(), change);
    await write(written && [written]);
  });

async function write(written: Written[] | undefined): Promise<boolean> {
  for (const { space, document } of written ?? []) await store.put(space, document);
  return written !== undefined;
}

function here(): Here {
  return {
    own: session.personSpace ?? '',
    me,
    get: <D extends Envelope>(space: string, id: string) => store.get<D>(space, id),
    now: new Date(),
  };
}

function me(space: string): Author | undefined {
  try {
    return authorIn(space);
  } catch {
    return undefined; // not on this device, or nobody is signed in
  }
}
