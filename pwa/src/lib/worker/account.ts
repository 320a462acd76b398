/**
 * One person on this device, opened: the shelf, the databases, and the channel to the tabs. Everything else
 * in this folder is a verb upon it.
 */
import type { AccountKey, StoreEvent } from '../data/store';
import { openLocal, type Database } from './pouch';
import { Shelf, type SpaceRecord } from './shelf';
import { alone, together } from './locks';

/** How far a file that waits has come. */
export interface Upload {
  /** Bytes the server has. */
  sent: number;
  /** Why the server did not take it when it was last offered: its sentence. */
  why?: string;
}

export class OpenAccount {
  readonly #databases = new Map<string, Database>();
  /** By digest, as long as this worker lives: the server itself knows how much it has. */
  readonly uploads = new Map<string, Upload>();

  private constructor(
    public key: AccountKey,
    readonly shelf: Shelf,
    /** Tell every tab and every other worker. */
    readonly tell: (event: StoreEvent) => void,
  ) {}

  static async open(key: AccountKey, tell: (event: StoreEvent) => void): Promise<OpenAccount> {
    return new OpenAccount(key, await Shelf.open(shelfName(key)), tell);
  }

  /** Name of my own space; undefined when nobody is signed in. */
  get personSpace(): string | undefined {
    return this.key.account === '-' ? undefined : `person-${this.key.account}`;
  }

  /** The pointer decides which database a space is read from; a rebuild moves it. */
  async record(space: string): Promise<SpaceRecord | undefined> {
    return this.shelf.get('spaces', space);
  }

  /** Everybody's commons are held once, under the account «-». */
  databaseName(space: string): string {
    return `${this.key.server}/${space === 'commons' ? '-' : this.key.account}/${space}`;
  }

  async database(space: string): Promise<Database> {
    return this.local((await this.record(space))?.database ?? this.databaseName(space));
  }

  local(name: string): Database {
    let database = this.#databases.get(name);
    if (!database) this.#databases.set(name, (database = openLocal(name)));
    return database;
  }

  async destroy(name: string): Promise<void> {
    const database = this.local(name);
    this.#databases.delete(name);
    await database.destroy();
  }

  /** Write while no rebuild switches databases; several may at once. */
  async writing<T>(space: string, write: (database: Database) => Promise<T>): Promise<T> {
    return together(this.#lock(space), async () => write(await this.database(space)));
  }

  /** Switch databases while nobody writes. */
  async switching<T>(space: string, change: () => Promise<T>): Promise<T> {
    return alone(this.#lock(space), change);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#databases.values()].map((database) => database.close()));
    this.#databases.clear();
    this.shelf.close();
  }

  #lock(space: string): string {
    return `interlink/${this.databaseName(space)}`;
  }
}

export const shelfName = (key: AccountKey) => `interlink/${key.server}/${key.account}`;

/** Held by the one worker of this browser that talks to the server for this account. */
export const leadName = (key: AccountKey) => `${shelfName(key)}/sync`;
