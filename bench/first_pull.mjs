// A new device: the real PouchDB pulls a whole database for the first time, into memory. Prints seconds and documents.
import http from 'pouchdb-adapter-http';
import memory from 'pouchdb-adapter-memory';
import Core from 'pouchdb-core';
import { fetch } from 'pouchdb-fetch';
import replication from 'pouchdb-replication';

const PouchDB = Core.plugin(memory).plugin(http).plugin(replication);
const [, , address, headers] = process.argv;
const remote = new PouchDB(address, {
  skip_setup: true,
  fetch: (url, options) => {
    for (const [name, value] of Object.entries(JSON.parse(headers))) options.headers.set(name, value);
    return fetch(url, options);
  },
});
const local = new PouchDB('device', { adapter: 'memory' });
const began = performance.now();
const { docs_written: written } = await local.replicate.from(remote, { batch_size: 500, checkpoint: 'target' });
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, written }));
