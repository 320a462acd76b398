/**
 * The invitation somebody came with, for as long as this tab lives: signing in may lead through other screens, a mail or another
 * server, and the token must stand in none of their addresses.
 */
const KEY = 'interlink.invitation';

/** The token at the end of a link, or the bare code somebody typed; null when it is neither. */
export function tokenIn(text: string): string | null {
  const code = text.trim().replace(/^.*#/s, '');
  return /^[\w.~-]{8,100}$/.test(code) ? code : null;
}

export const keepInvitation = (token: string): void => sessionStorage.setItem(KEY, token);
export const keptInvitation = (): string | null => sessionStorage.getItem(KEY);
export const forgetInvitation = (): void => sessionStorage.removeItem(KEY);
