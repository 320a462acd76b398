// A device with the real PouchDB 9, told what to do line by line: one JSON command in, one JSON answer out.
// It keeps its database in memory, so it ends with the process.
import { createInterface } from 'node:readline';
import http from 'pouchdb-adapter-http';
import memory from 'pouchdb-adapter-memory';
import Core from 'pouchdb-core';
import { fetch } from 'pouchdb-fetch'; // PouchDB's own for Node: its attachments are buffers, not blobs
import replication from 'pouchdb-replication';

const PouchDB = Core.plugin(memory).plugin(http).plugin(replication);

const [, , remoteUrl, headers = '{}'] = process.argv;
const local = new PouchDB('device', { adapter: 'memory', auto_compaction: false });
const atHome = () => new PouchDB(remoteUrl, {
  skip_setup: true,
  fetch: (url, options) => {
    for (const [name, value] of Object.entries(JSON.parse(headers))) options.headers.set(name, value);
    return fetch(url, options);
  },
});
let remote = atHome();
let running;
let failed = null;

/** What a replication did, without what differs from run to run. */
async function replicated(replication) {
  const denied = [];
  replication.on("denied", ({ id, error, reason }) => denied.push({ id, error, reason }));
  const { ok, docs_read, docs_written, doc_write_failures } = await replication;
  return { ok, docs_read, docs_written, doc_write_failures, denied };
}

const commands = {
  put: ({ doc }) => local.put(doc),
  get: ({ id, options }) => local.get(id, options),
  remove: ({ id }) => local.get(id).then((doc) => local.remove(doc)),
  attach: async ({ id, name, data, type }) => { // base64, in and out
    const { _rev } = await local.get(id).catch(() => ({}));
    return local.putAttachment(id, name, _rev, data, type);
  },
  attachment: async ({ id, name }) => (await local.getAttachment(id, name)).toString('base64'),
  all: () => local.allDocs({ include_docs: true, conflicts: true }).then(({ rows }) => rows.map((row) => row.doc)),
  push: ({ options }) => replicated(local.replicate.to(remote, options)),
  pull: ({ options }) => replicated(local.replicate.from(remote, options)),
  live: async ({ push, both }) => {
    running = both
      ? local.sync(remote, { live: true, retry: true })
      : local.replicate[push ? 'to' : 'from'](remote, { live: true, retry: true });
    running.catch((error) => { failed = { status: error.status, name: error.name }; });
  },
  failed: async () => failed,
  rest: async () => { running.cancel(); },
  again: async () => { remote = atHome(); }, // as after a new start: the server is asked for its name again
  info: () => remote.info(),
  between: ({ source, target, options }) => replicated(PouchDB.replicate(source, target, options)),
};

// PouchDB's retrying replication sometimes leaves a request rejected that nobody waits for any more, when the server
// dies under it. A browser notes that in its console and lives on; Node would end the whole device.
process.on('unhandledRejection', (reason) => { process.stderr.write(`left unhandled: ${reason}\n`); });

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...rest } = JSON.parse(line);
  const answer = await commands[name](rest).then(
    (value) => ({ value }),
    (error) => ({ error: { status: error.status, name: error.name, message: error.message ?? String(error) } }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
