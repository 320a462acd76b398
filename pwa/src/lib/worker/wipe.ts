import { shelfName, type OpenAccount } from './account';
import { deleteDatabase } from './shelf';

/** Nothing of this person stays on the device: documents, files, notes. The commons are everybody's. */
export async function wipe(account: OpenAccount): Promise<void> {
  const own = (name: string) => name.startsWith(`${account.key.server}/${account.key.account}/`);
  const names = new Set(
    (await account.shelf.all('spaces')).flatMap((space) => [space.database, space.next ?? '']),
  );
  if (account.personSpace) names.add(account.databaseName(account.personSpace));
  for (const name of names) if (own(name)) await account.destroy(name);
  await account.close();
  await deleteDatabase(shelfName(account.key));
}
