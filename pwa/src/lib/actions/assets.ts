/** What one does with an asset, whatever its kind. Everything is written here first and sent later. */
import { ulid } from 'ulid';
import { store } from '../data/client';
import type { Held } from '../data/store';
import { longestName, type Asset } from '../model/assets';
import type { FileRef } from '../model/documents';
import { envelope, signed, splitId } from '../model/envelope';
import { authorIn } from '../state/author';
import { filesIn } from '../worker/files';

export interface NewAsset {
  space: string;
  /** Key of the task, objective or phase, or id of the process. */
  item: string;
  kind: string;
  name: string;
  /** What its kind keeps. */
  members: object;
  /** Language of the words where it is not the language of the screens. */
  lang?: string;
  /** Key of the INTERLINKER it is made from. */
  madeFrom?: string;
}

export async function makeAsset(made: NewAsset): Promise<Held<Asset>> {
  const author = authorIn(made.space);
  return store.put<Asset>(made.space, {
    ...envelope(`${made.item}:${made.kind}:${ulid()}`, made.kind, author, new Date()),
    lang: made.lang ?? author.lang,
    ...made.members,
    name: made.name.trim().slice(0, longestName),
    ...(made.madeFrom ? { made_from: made.madeFrom } : {}),
  });
}

/** The last write of each asset: the next waits for it, or two quick acts of one person would become two versions. */
const writing = new Map<string, Promise<unknown>>();

/**
 * Change members of what is here now. With `base`, an earlier `_rev`, the change follows that one: what came meanwhile is not
 * written over, both versions stand. Throws when the asset is no longer here.
 */
export function changeAsset<D extends Asset>(
  space: string,
  id: string,
  how: (now: Held<D>) => Partial<D>,
  base?: string,
): Promise<Held<D>> {
  const name = `${space}/${id}`;
  const change = async () => {
    const now = await store.get<D>(space, id);
    if (!now) throw new Error('the asset is no longer here');
    const from = base && base !== now._rev ? await store.version<D>(space, id, base) : now;
    const { _conflicts: _other, ...before } = from ?? now;
    const after = {
      ...before,
      ...(base ? { _rev: base } : {}),
      ...how(from ?? now),
      ...signed(authorIn(space), new Date()),
    };
    return store.put<D>(space, after as unknown as D);
  };
  const written = (writing.get(name) ?? Promise.resolve()).then(change, change);
  const settled = written
    .catch(() => undefined)
    .then(() => {
      if (writing.get(name) === settled) writing.delete(name);
    });
  writing.set(name, settled);
  return written;
}

/** A file of the original is not on this device, so a copy elsewhere would be without it. */
export class FileNotHere extends Error {
  constructor(readonly file: FileRef) {
    super(`the file ${file.sha256} is not on this device`);
    this.name = 'FileNotHere';
  }
}

/** Make one of the same under another name, here or in another item. Throws FileNotHere. */
export async function copyAsset(
  from: { space: string; asset: Asset },
  to: { space: string; item: string; name: string },
): Promise<Held<Asset>> {
  const { asset } = from;
  const { partition, type: kind } = splitId(asset._id);
  if (from.space !== to.space || partition !== to.item)
    for (const file of filesIn(asset)) {
      const blob = await store.file(from.space, partition, file.sha256);
      if (!blob) throw new FileNotHere(file);
      await store.putFile(to.space, to.item, blob);
    }
  const { name: _name, made_from: madeFrom, archived: _archived, ...rest } = asset;
  return makeAsset({
    ...to,
    kind,
    members: withoutEnvelope(rest),
    lang: asset.lang,
    madeFrom: madeFrom ?? undefined,
  });
}

/** Take it away for everybody. */
export const removeAsset = (space: string, id: string): Promise<void> => store.remove(space, id);

/** Bring back what was just taken away. */
export async function restoreAsset(space: string, asset: Held<Asset>): Promise<void> {
  const { _rev: _gone, _conflicts: _other, settles: _chosen, ...whole } = asset;
  await store.put<Asset>(space, { ...whole, ...signed(authorIn(space), new Date()) });
}

const ENVELOPE = new Set(['type', 'v', 'lang', 'author', 'by', 'device', 'at', 'settles']);

function withoutEnvelope(document: object): object {
  const members = Object.entries(document);
  return Object.fromEntries(members.filter(([name]) => !name.startsWith('_') && !ENVELOPE.has(name)));
}
