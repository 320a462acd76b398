/** The sentences of the screens, as functions; made from pwa/messages by the build. */
export { m } from './paraglide/messages.js';
