import { request } from './client';

export interface Account {
  id: string;
  name: string;
  language: string;
}

export interface Meta {
  server: { id: string; name: string; version: string };
  documents: Record<string, number>;
  oldestClient: string;
  languages: string[];
  demo: boolean;
}

export const meta = () => request<Meta>('GET', 'meta');

/** Who the cookie says we are; null: nobody. */
export const whoAmI = () => request<{ account: Account | null }>('GET', 'session').then((s) => s.account);

export const signIn = (email: string, password: string, device: string, language: string) =>
  request<{ account: Account }>('POST', 'session', { email, password, device }, language).then(
    (s) => s.account,
  );

export const signOut = () => request<void>('DELETE', 'session');
