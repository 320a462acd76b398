import { m } from '$lib/i18n/messages';
import type { PartnerKind } from '$lib/model/process';

export interface DemoPerson {
  name: string;
  email: string;
  password: string;
  kind: PartnerKind;
  role: () => string;
}

const person = (name: string, kind: PartnerKind, role: () => string): DemoPerson => ({
  name,
  email: `${name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}@demo.example`,
  password: 'interlink-demo',
  kind,
  role,
});

/** The people of `interlink demo`. Their password is public: a server whose meta says `demo` holds nothing real. */
export const people: readonly DemoPerson[] = [
  person('Ilze', 'cit', m.demo_citizen),
  person('Jānis', 'gov', m.demo_administrator),
  person('Marta', 'gov', m.demo_library),
  person('Edgars', 'com', m.demo_company),
  person('Anna', 'cit', m.demo_citizen),
  person('Lucía', 'cit', m.demo_citizen_spanish),
];
