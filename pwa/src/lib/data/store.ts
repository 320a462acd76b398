/**
 * The one door to what this device holds. One worker of the browser answers it (lib/worker); screens never
 * see PouchDB, IndexedDB or the network. Every promise settles from local data, with or without a network,
 * unless its comment says otherwise.
 */
import type { Envelope, FileRef, Text } from '../model/documents';
import type { Head } from '../model/head';

/** Whose data: local databases are named `<server>/<account>/<space>`. Signed out, the account is «-». */
export interface AccountKey {
  server: string;
  account: string;
  /** Random id of this browser; stands in every document it writes. */
  device: string;
  /** BCP 47; the server answers refusals in it. */
  language: string;
}

/** draft: only mine, not sent · waiting: here, not yet at the server · received: the server has it ·
 *  refused: the server said a lasting no, and why. */
export type ItemState = 'draft' | 'waiting' | 'received' | 'refused';

/** A document as held here: with its revision, and the losing revisions where there are two versions. */
export type Held<D> = D & { _id: string; _rev: string; _conflicts?: string[] };

export type SpaceKind = 'commons' | 'process' | 'person';

export interface SpaceInfo {
  name: string;
  kind: SpaceKind;
  title?: Text;
  /** My member id there: `author` and `by` of what I write. */
  member?: string;
  administrator?: boolean;
  /** What the server holds for me: number of documents, their bytes, number of files, their bytes. */
  documents: number;
  bytes: number;
  files: number;
  fileBytes: number;
  /** What is on this device. `documents` counts once per completed sync. */
  here: { documents: number; files: number; fileBytes: number };
  /** Everything I may read has arrived at least once. */
  complete: boolean;
  /** The person asked to have it offline, files too. */
  kept: boolean;
  /** Being rebuilt after a lost right: hidden until it is done. */
  hidden: boolean;
}

export interface SyncStatus {
  /** From real answers of our server, never from navigator.onLine alone. */
  online: boolean;
  syncing: boolean;
  /** RFC 3339, the last sync that ended well. */
  lastSync: string | null;
  waiting: number;
  refused: number;
  /** The session ended: everything is kept; «sign in again to send». */
  signInNeeded: boolean;
  /** Space on this device has run out: new work may not be kept. */
  full: boolean;
}

export interface OutboxItem {
  space: string;
  /** Id of the document (for a refused one: of the document refused). */
  id: string;
  state: Exclude<ItemState, 'received'>;
  type: string;
  /** The person's own words, shortened. */
  title: string;
  /** The tree item it belongs to, with its name. */
  item?: string;
  itemTitle?: Text;
  spaceTitle?: Text;
  at: string;
  bytes: number;
  files: FileRef[];
  /** Of a file that is on its way: bytes the server has, and why it took no more when it was last asked. */
  sent?: number;
  why?: string;
  reason?: { word: string; sentence: string };
  /** Of a refused one: id of its record in the person's space; give it to sendAgain and discardRefused. */
  rescue?: string;
}

export interface StorageReport {
  usage: number;
  quota: number;
  /** The browser promised not to clear it by itself. */
  persisted: boolean;
}

export interface OfflineReport extends StorageReport {
  complete: boolean;
  /** Less than a tenth, or less than what is still to come, is free. */
  tight: boolean;
}

/** Part of a space: a partition, or one type in it; empty for all of the space. */
export interface Range {
  partition?: string;
  type?: string;
}

/** An answer about a range: everything, page by page, or what changed since a mark. */
export interface Followed<D> {
  documents: D[];
  /** Ids that are no longer there. */
  gone: string[];
  /** Give it back to be told only what changed since. */
  mark: string;
  /** Forget what was known: this is everything (its first page). */
  whole: boolean;
  /** There is more: ask again with this as `after`. */
  next?: string;
}

/** What was written or deleted on this device since a mark, from wherever it came. */
export interface News {
  ids: string[];
  mark: string;
  /** False: the mark was of no use (none, or the data was rebuilt), so nothing can be called new. */
  known: boolean;
}

/** What the worker tells every tab, over the BroadcastChannel «interlink». */
export type StoreEvent =
  | { kind: 'changes'; space: string; ids: string[] }
  | { kind: 'spaces' }
  | { kind: 'outbox' }
  | { kind: 'status'; status: SyncStatus };

/** A document that says what was asked for. */
export interface SearchHit {
  space: string;
  id: string;
  type: string;
  /** What it is called; of what has no name its first words. A name without a language stands under «». */
  name: Text;
  /** The words around the first hit, in pieces; true: asked for. */
  snippet: [string, boolean][];
  /** Id and name of the item of the guide it was found in. */
  item?: string;
  itemName?: Text;
  process?: Text;
}

export interface LoadReport {
  documents: number;
  drafts: number;
  rescued: number;
  files: number;
  /** False: the file is another person's, so their contributions became my drafts. */
  own: boolean;
}

export interface Store {
  /** Open this account's databases, start syncing. Idempotent; another account closes the former. */
  open(key: AccountKey): Promise<void>;

  get<D extends Envelope>(space: string, id: string): Promise<Held<D> | undefined>;
  /** All documents of a partition, of one type if given, in the order of their ids. */
  list<D extends Envelope>(space: string, partition: string, type?: string): Promise<Held<D>[]>;
  /** Documents of a range in the order of their ids; with a mark only what changed since: a long list is sent once. */
  follow<D extends Envelope>(
    space: string,
    range: Range,
    from?: { mark?: string; after?: string },
  ): Promise<Followed<Held<D>>>;
  /** The same for a whole space, of each document only what it is. */
  heads(space: string, from?: { mark?: string; after?: string }): Promise<Followed<Head>>;
  /** What is new on this device since a mark of it. */
  news(space: string, mark?: string): Promise<News>;
  /** A small thing this device remembers of this account (gone with `wipe`); undefined when there is none. */
  recall(name: string): Promise<unknown>;
  remember(name: string, value: unknown): Promise<void>;
  /** A losing or superseded revision: from here, else from the network. Undefined: not to be had (now). */
  version<D extends Envelope>(space: string, id: string, rev: string): Promise<Held<D> | undefined>;
  /** What these revisions of a document all go on from, in the same way. */
  ancestor<D extends Envelope>(space: string, id: string, revs: string[]): Promise<Held<D> | undefined>;
  /** Save here, send later. Without `_rev` the newest local revision is followed. */
  put<D extends Envelope>(space: string, document: D): Promise<Held<D>>;
  /** A tombstone: carries nothing but its id. */
  remove(space: string, id: string): Promise<void>;

  /** Of a space: ids that are waiting or refused. What I wrote and is not named here was received. */
  states(space: string): Promise<Map<string, ItemState>>;
  outbox(): Promise<OutboxItem[]>;
  spaces(): Promise<SpaceInfo[]>;
  status(): Promise<SyncStatus>;
  /** Flush and fetch now. Resolves when it ended, well or not (see status). */
  sync(): Promise<SyncStatus>;
  /** Ask the server for the list of my spaces (after founding a process, after signing in). */
  refreshSpaces(): Promise<SpaceInfo[]>;
  /** Whether the person agrees that coordinators see how far this device is; remembered. */
  sharesSync(agrees: boolean): Promise<void>;
  /** The account was disabled: processes leave the device, what was not sent is kept as refused work. */
  letGo(): Promise<void>;

  /** Keep a file here, under its SHA-256. It is sent once a document names it. */
  putFile(space: string, partition: string, blob: Blob): Promise<FileRef>;
  /** From here; else from the network, and then kept. Undefined: not to be had now. */
  file(space: string, partition: string, sha256: string): Promise<Blob | undefined>;

  takeOffline(space: string): Promise<OfflineReport>;
  storage(): Promise<StorageReport>;

  /** Everything of mine that the server does not have: waiting, drafts, refused, their files. */
  exportUnsent(): Promise<Blob>;
  importUnsent(file: Blob): Promise<LoadReport>;

  /** Give up a refused one: forgets the record, hides the local document; never sends a deletion. */
  discard(rescue: string): Promise<void>;
  /** Write a refused one again, changed or not; the record closes when the server accepts. */
  resend(rescue: string, changes?: Record<string, unknown>): Promise<void>;
  /** Give a refused one to the administrators of its process, with a note. */
  handOver(rescue: string, note: string): Promise<void>;
  /** Take a handover back, or put its answer away; `key` is what stands behind `all:handover:`. */
  endHandover(key: string): Promise<void>;

  /** What of everything held here says these words, the best first; at most 60. */
  search(words: string): Promise<SearchHit[]>;

  /** Delete every local database and file of this account. */
  wipe(): Promise<void>;
}
