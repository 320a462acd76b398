/** The worker's entry, shared by all tabs or of one. */
import { expose } from 'comlink';
import { Service, type Whisper } from './service';
import type { StoreEvent } from '../data/store';

const channel = new BroadcastChannel('interlink');
const service = new Service({ origin: location.origin, tell: (message) => channel.postMessage(message) });
channel.addEventListener('message', (message: MessageEvent<StoreEvent | Whisper>) => {
  void service.hear(message.data);
});

if ('onconnect' in globalThis)
  globalThis.addEventListener('connect', (event) => expose(service.store, (event as MessageEvent).ports[0]!));
else expose(service.store);
