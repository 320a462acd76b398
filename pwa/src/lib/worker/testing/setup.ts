/** Node as the worker's home: IndexedDB in memory, and the names that a browser's worker has. */
import 'fake-indexeddb/auto';

Object.assign(globalThis, { self: globalThis });
globalThis.navigator ??= { userAgent: 'Node' } as Navigator;
