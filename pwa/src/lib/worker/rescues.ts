import type { Rescued } from '../model/documents';
import type { OpenAccount } from './account';
import type { Body } from './pouch';

export type Rescue = Omit<Rescued, 'document'> & { _rev: string; document: Body & { _rev: string } };

/** The records of one space, of one document if given. */
export async function rescuesOf(account: OpenAccount, space?: string, id?: string): Promise<Rescue[]> {
  if (!account.personSpace) return [];
  const prefix = `all:rescued:${space === undefined ? '' : `${space}~`}${id === undefined ? '' : `${id}~`}`;
  const database = await account.database(account.personSpace);
  const { rows } = await database.allDocs({
    startkey: prefix,
    endkey: `${prefix}\uffff`,
    include_docs: true,
  });
  return rows.flatMap((row) => ('doc' in row && row.doc ? [row.doc] : [])) as unknown as Rescue[];
}
