/** Answers given without opening the app: written to the local databases, and sent when there is a network. */
import { onThisDevice } from '../data/remembered';
import type { AccountKey } from '../data/store';
import { answerOf, readAs, type Answer, type Asked, type Here } from '../model/answers';
import type { OpenAccount } from '../worker/account';
import { getDocument, putDocument } from '../worker/documents';
import { errand, send, type Surroundings } from '../worker/errand';

/** Write an answer down here; false: what it is made of is not on this device, so the app must ask. */
export const keep = (asked: Asked, said: Answer | 'read', surroundings: Surroundings): Promise<boolean> =>
  asPerson(surroundings, false, async (account) => {
    const here = await hereIn(account);
    const written = await (said === 'read' ? readAs(asked, said, here) : answerOf(asked, said, here));
    for (const { space, document } of written ?? []) await putDocument(account, space, document);
    return written !== undefined;
  });

/** Send what waits, fetch what is new. False: something still waits. */
export const sync = (surroundings: Surroundings): Promise<boolean> =>
  asPerson(surroundings, true, (account) => send(account, surroundings));

/** As whom this device knows; signed out there is nothing to do. */
async function asPerson<T>(
  surroundings: Surroundings,
  otherwise: T,
  act: (account: OpenAccount) => Promise<T>,
): Promise<T> {
  const person = await onThisDevice().catch(() => null);
  if (!person) return otherwise;
  const { server, account, device } = person;
  const key: AccountKey = { server, account: account.id, device, language: account.language };
  return errand(key, surroundings, act);
}

async function hereIn(account: OpenAccount): Promise<Here> {
  const { account: person, device, language: lang } = account.key;
  const own = `person-${person}`;
  const members = new Map([[own, person]]);
  for (const { name, member } of await account.shelf.all('spaces')) if (member) members.set(name, member);
  return {
    own,
    me: (space) => {
      const member = members.get(space);
      return member === undefined ? undefined : { member, device, lang };
    },
    get: (space, id) => getDocument(account, space, id),
    now: new Date(),
  };
}
