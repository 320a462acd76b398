/** A phone of the worker's tests: an account opened on a test server, with time to write and to sync. */
import { ulid } from 'ulid';
import type { StoreEvent } from '../../data/store';
import type { Contribution } from '../../model/documents';
import { envelope } from '../../model/envelope';
import { OpenAccount } from '../account';
import { putDocument } from '../documents';
import { Sync } from '../sync';
import type { TestServer } from './server';

export const TASK = '01J00000000000000000000TSK';

export interface Phone {
  account: OpenAccount;
  sync: Sync;
  told: StoreEvent[];
  say(text: string, id?: string): Promise<Contribution & { _rev: string }>;
}

/** `device` tells two phones of one browser profile apart: they share nothing but the server. */
export async function aPhone(server: TestServer, account = 'ilze', device = ulid()): Promise<Phone> {
  const told: StoreEvent[] = [];
  const key = { server: server.name, account, device, language: 'en' };
  const opened = await OpenAccount.open(key, (event) => told.push(event));
  const sync = new Sync(opened, 'http://interlink.test', server.fetch as typeof fetch);
  const say = async (text: string, id = `${TASK}:contribution:${ulid()}`) => {
    const author = { member: 'me', device, lang: 'en' };
    const head = envelope(id, 'contribution', author, new Date());
    return putDocument<Contribution>(opened, 'process-1', { ...head, text, files: [] });
  };
  return { account: opened, sync, told, say };
}

/** The app is killed and opened again: what was only in memory is gone. */
export async function reopened(server: TestServer, phone: Phone): Promise<Phone> {
  await phone.sync.end();
  await phone.account.close();
  return aPhone(server, phone.account.key.account, phone.account.key.device);
}
