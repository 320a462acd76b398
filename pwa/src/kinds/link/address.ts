/** An address as people type it on a phone, with what they leave out: «example.org/plan», «anna@example.org». */

/** Letters and a colon: a scheme is already there (or something that is no address at all, which is left as it is). */
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const MAILBOX = /^[^\s@/]+@[^\s@/]+\.[^\s@/.]{2,}$/;
const HOST = /^[^\s@/.?#:]+(\.[^\s@/.?#:]+)+([/?#]\S*)?$/;

export function fullAddress(typed: string): string {
  const address = typed.trim();
  if (SCHEME.test(address)) return address;
  if (MAILBOX.test(address)) return `mailto:${address}`;
  return HOST.test(address) ? `https://${address}` : address;
}
