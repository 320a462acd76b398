/** Whether this browser can be told something, and what stands in the way. Pure: what the browser says comes in. */

/** install: an iPhone tells only apps on its Home Screen · blocked: the person or the browser said no. */
export type Standing = 'unsupported' | 'install' | 'blocked' | 'off' | 'on';

export interface Browser {
  /** It has a push manager, notifications and service workers. */
  able: boolean;
  agent: string;
  /** A Mac has no fingers on its screen; an iPad that says it is one has. */
  touchPoints: number;
  /** It runs from the Home Screen, in a window of its own. */
  installed: boolean;
  permission: NotificationPermission;
  subscribed: boolean;
}

export function standing(browser: Browser): Standing {
  if (isApple(browser) && !browser.installed) return 'install';
  if (!browser.able) return 'unsupported';
  if (browser.permission === 'denied') return 'blocked';
  return browser.subscribed && browser.permission === 'granted' ? 'on' : 'off';
}

const isApple = ({ agent, touchPoints }: Browser) =>
  /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1);

/** Whose steps out of «blocked» are shown. */
export type Maker = 'android' | 'chrome' | 'firefox' | 'safari' | 'other';

export function makerOf(agent: string): Maker {
  if (/Firefox\//.test(agent)) return 'firefox';
  if (/Android/.test(agent) && /Chrome\//.test(agent)) return 'android';
  if (/Chrome\//.test(agent)) return 'chrome';
  if (/Safari\//.test(agent)) return 'safari';
  return 'other';
}

/** What must happen at a start, from what the browser has and what the server knows. */
export type Repair = 'nothing' | 'subscribe' | 'renew' | 'withdraw' | 'silence';

export interface Compared {
  /** The person of this account switched notices on here, as this browser or the server remembers. */
  wanted: boolean;
  granted: boolean;
  /** SHA-256 of the browser's endpoint; null: it has no subscription. */
  endpoint: string | null;
  server: { state: 'on' | 'stale' | null; endpoint: string | null };
}

/**
 * subscribe: anew, with the key of today · renew: the same after ending the old one · withdraw: the browser says no now, the
 * server should know · silence: the browser still has a subscription that nobody here asked for.
 */
export function repair({ wanted, granted, endpoint, server }: Compared): Repair {
  if (!wanted) return endpoint ? 'silence' : 'nothing';
  if (!granted) return 'withdraw';
  if (!endpoint) return 'subscribe';
  if (server.state === 'on' && server.endpoint === endpoint) return 'nothing';
  return server.state === 'stale' ? 'renew' : 'subscribe';
}
