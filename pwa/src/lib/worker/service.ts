/** The Store, as this worker offers it: opens an account, leads or follows, and hands on each verb. */
import type { AccountKey, Store, StoreEvent, SyncStatus } from '../data/store';
import { leadName, OpenAccount, shelfName } from './account';
import { getDocument, listDocuments, putDocument, removeDocument, settle, statesOf } from './documents';
import { keepFile } from './files';
import { follow, heads, news } from './follow';
import { stand } from './locks';
import { storageReport, takeOffline } from './offline';
import { outboxOf } from './outbox';
import { discard, endHandover, handOver, resend } from './recover';
import { agree } from './report';
import { knownSpaces, letGo, refreshSpaces } from './spaces';
import { Finder } from './search';
import { Sync } from './sync';
import { fileOf } from './transfer';
import { readUnsent, writeUnsent } from './unsentFile';
import { ancestorOf, versionOf } from './versions';
import { listen } from './wakeup';
import { wipe } from './wipe';

/** What workers say to each other, besides what they tell the tabs. */
export type Whisper = { whisper: 'sync' };

export interface Surroundings {
  origin: string;
  tell(message: StoreEvent | Whisper): void;
  fetch?: typeof fetch;
}

interface Open {
  account: OpenAccount;
  sync: Sync;
  finder: Finder;
  leads: boolean;
  stop(): Promise<void>;
}

export class Service {
  #open: Promise<Open> | undefined;
  #name = '';
  #changed = false; // true from the first account on: the next one is a change
  #readied: () => void = () => undefined;
  #ready = new Promise<void>((ready) => (this.#readied = ready));

  constructor(private readonly surroundings: Surroundings) {}

  readonly store: Store & { ping(): Promise<true> } = {
    ping: async () => true,
    open: (key) => this.#openAs(key),
    get: (space, id) => this.#asks((account) => getDocument(account, space, id)),
    list: (space, partition, type) => this.#asks((account) => listDocuments(account, space, partition, type)),
    follow: (space, range, from) => this.#asks((account) => follow(account, space, range, from)),
    heads: (space, from) => this.#asks((account) => heads(account, space, from)),
    news: (space, mark) => this.#asks((account) => news(account, space, mark)),
    recall: (name) => this.#asks(async ({ shelf }) => (await shelf.get('notes', noteName(name)))?.value),
    remember: async (name, value) =>
      (await this.#account()).shelf.put('notes', { name: noteName(name), value }),
    version: async (space, id, rev) => {
      const { account, sync } = await this.#now();
      return versionOf(account, sync.wire, space, id, rev);
    },
    ancestor: async (space, id, revs) => {
      const { account, sync } = await this.#now();
      return ancestorOf(account, sync.wire, space, id, revs);
    },
    put: async (space, document) => this.#written(putDocument(await this.#account(), space, document)),
    remove: async (space, id) => this.#written(removeDocument(await this.#account(), space, id)),
    states: (space) => this.#asks((account) => statesOf(account, space)),
    outbox: () => this.#asks(outboxOf),
    spaces: () => this.#asks(knownSpaces),
    status: async () => (await this.#now()).sync.status.now,
    sync: () => this.#sync(),
    refreshSpaces: async () => {
      const { account, sync } = await this.#now();
      await refreshSpaces(account, sync.wire);
      return knownSpaces(account);
    },
    sharesSync: async (agrees) => {
      const { account, sync } = await this.#now();
      if (await agree(account, agrees)) sync.soon();
    },
    letGo: async () => letGo(await this.#account()),
    putFile: async (space, partition, blob) => keepFile(await this.#account(), space, partition, blob),
    file: async (space, partition, sha256) => {
      const { account, sync } = await this.#now();
      return fileOf(account, sync.wire, space, partition, sha256);
    },
    takeOffline: async (space) => takeOffline((await this.#now()).sync, space),
    storage: () => storageReport(),
    exportUnsent: async () => writeUnsent(await this.#account()),
    importUnsent: async (file) => this.#written(readUnsent(await this.#account(), file)),
    discard: async (rescue) => this.#written(discard(await this.#account(), rescue)),
    resend: async (rescue, changes) => this.#written(resend(await this.#account(), rescue, changes)),
    handOver: async (rescue, note) => this.#written(handOver(await this.#account(), rescue, note)),
    endHandover: async (key) => this.#written(endHandover(await this.#account(), key)),
    search: async (words) => (await this.#now()).finder.find(words),
    wipe: async () => {
      const { account, stop } = await this.#now();
      await stop();
      this.#forget();
      await wipe(account);
    },
  };

  /** Another worker of this browser spoke. */
  async hear(message: StoreEvent | Whisper): Promise<void> {
    const open = await this.#open;
    if (!open) return;
    if (!('whisper' in message)) open.finder.heard(message);
    if ('whisper' in message) {
      if (open.leads) open.sync.soon();
    } else if (message.kind === 'status' && !open.leads) open.sync.status.follow(message.status);
  }

  async #openAs(key: AccountKey): Promise<void> {
    const name = shelfName(key);
    if (name !== this.#name) {
      const former = this.#open;
      this.#name = name;
      this.#open = (async () => {
        const before = await former;
        await before?.stop();
        await before?.account.close();
        const open = await this.#start(key);
        if (this.#changed) tellAll(open);
        this.#changed = true;
        return open;
      })();
    }
    const { account } = await this.#open!;
    account.key = key; // another language, or another device id after signing out
    this.#readied();
  }

  async #start(key: AccountKey): Promise<Open> {
    const search: { finder?: Finder } = {}; // nothing is searched before the account is open
    const account = await OpenAccount.open(key, (event) => {
      search.finder?.heard(event);
      this.surroundings.tell(event);
    });
    const finder = (search.finder = new Finder(account));
    await settle(account);
    const sync = new Sync(account, this.surroundings.origin, this.surroundings.fetch);
    void sync.status.load();
    let deaf = () => {};
    const open: Open = {
      account,
      sync,
      finder,
      leads: false,
      stop: async () => {
        stepBack();
        deaf();
        await sync.end();
      },
    };
    const stepBack = stand(leadName(key), () => {
      open.leads = true;
      sync.soon(); // what is on the device is shown first
      deaf = listen({
        wire: sync.wire,
        heard: (space, standing) =>
          void account.record(space).then((record) => record?.pulled !== standing && sync.soon()),
        back: () => sync.soon(),
      });
    });
    return open;
  }

  async #sync(): Promise<SyncStatus> {
    const { sync, leads } = await this.#now();
    if (leads) return sync.run();
    this.surroundings.tell({ whisper: 'sync' });
    return sync.status.settled();
  }

  /** A local write: send it soon, whoever leads. */
  async #written<T>(write: Promise<T>): Promise<T> {
    const result = await write;
    const { sync, leads } = await this.#now();
    if (leads) sync.soon();
    else this.surroundings.tell({ whisper: 'sync' });
    return sync.status.count().then(() => result);
  }

  /** What is asked of an account that closes meanwhile (somebody came or left) is asked of the one that is open then. */
  async #asks<T>(ask: (account: OpenAccount) => Promise<T>): Promise<T> {
    const account = await this.#account();
    try {
      return await ask(account);
    } catch (problem) {
      if (account === (await this.#account())) throw problem;
      return this.#asks(ask);
    }
  }

  async #account(): Promise<OpenAccount> {
    return (await this.#now()).account;
  }

  /** Questions asked before anybody said who is here wait for `open`. */
  async #now(): Promise<Open> {
    await this.#ready;
    return this.#open!;
  }

  #forget(): void {
    this.#open = undefined;
    this.#name = '';
    this.#ready = new Promise<void>((ready) => (this.#readied = ready));
  }
}

/** What screens remember lies apart from what the worker itself does. */
const noteName = (name: string) => `screen/${name}`;

/** Another account is open: whatever a tab shows of spaces, outbox and status is out of date. */
function tellAll({ account, sync }: Open): void {
  account.tell({ kind: 'spaces' });
  account.tell({ kind: 'outbox' });
  account.tell({ kind: 'status', status: sync.status.now });
}
