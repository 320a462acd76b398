/**
 * The page's policy asks for Trusted Types: only what goes through here may start a script (workers, the
 * service worker). Nothing but a path of our own origin passes.
 */
interface Policy {
  createScriptURL(url: string): unknown;
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

function ownPath(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('not a script of ours');
  return url;
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy('interlink', { createScriptURL: ownPath });

/** The address of one of our own scripts, in the form the browser asks for. */
export function scriptURL(url: string): string {
  return (policy ? policy.createScriptURL(url) : ownPath(url)) as string;
}
