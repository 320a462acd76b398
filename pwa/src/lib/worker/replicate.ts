/** One space, once: send what is mine, fetch what is new. Never `live`: the wake-up feed says when. */
import type { OpenAccount } from './account';
import { openRemote, type Database } from './pouch';
import type { SpaceRecord } from './shelf';
import { Witness, type Testimony } from './witness';
import type { Wire } from './wire';

export interface Run {
  account: OpenAccount;
  wire: Wire;
  origin: string;
  /** `GET /db/`, asked once per run; its uuid changes when the server was restored from a backup. */
  welcome: { uuid?: string };
}

// Of what was fetched the first push only asks whether it is there, so few large batches come to an end sooner on a slow network.
// Texts of a batch hardly reach the server's 10 MB; what is too large the witness halves.
const PUSH_BATCH = 500;
const PULL_BATCH = 1000;

export interface Session {
  remote: Database;
  testimony: Testimony;
}

export async function connect(run: Run, space: string): Promise<Session> {
  const witness = new Witness(run.account, space, run.wire, run.welcome);
  const remote = await openRemote(`${run.origin}/db/${space}`, witness.fetch);
  return { remote, testimony: witness.testimony };
}

/** Send everything the server lacks. Throws when it could not be finished; then the next run goes on. */
export async function push(run: Run, record: SpaceRecord, { remote, testimony }: Session): Promise<void> {
  try {
    const local = run.account.local(record.database);
    await local.replicate.to(remote, { batch_size: PUSH_BATCH });
    const pushed = run.welcome.uuid ?? '';
    await run.account.shelf.change('spaces', [record.name], (now) =>
      now?.database === record.database ? { ...now, pushed } : undefined,
    );
  } finally {
    const ids = [...testimony.acknowledged.splice(0), ...testimony.refused.splice(0)];
    if (ids.length) {
      run.account.tell({ kind: 'changes', space: record.name, ids });
      run.account.tell({ kind: 'outbox' });
    }
  }
}

/** Fetch what is new into `database`. Returns how many documents came. */
export async function pull(run: Run, space: string, database: Database, remote: Database): Promise<number> {
  const pulling = database.replicate.from(remote, { checkpoint: 'target', batch_size: PULL_BATCH });
  // Each batch is shown as it comes: a first sync on a slow network has something to see early.
  pulling.on('change', (batch) =>
    run.account.tell({ kind: 'changes', space, ids: batch.docs.map((document) => document._id) }),
  );
  return (await pulling).docs_written;
}
