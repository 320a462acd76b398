import { store } from '../data/client';
import type { Held } from '../data/store';
import type { Draft } from '../model/documents';
import { envelope } from '../model/envelope';
import { authorIn } from '../state/author';
import { session } from '../state/session.svelte';

/** A form that somebody fills in, and the item of the process it belongs to. */
export interface FormPlace {
  space: string;
  item: string;
  /** Which form; of an asset that is changed `<kind>:<key>`. */
  form: string;
}

export type Fields = Record<string, unknown>;

const idOf = ({ space, item, form }: FormPlace) => `all:draft:${space}~${item}~${form}`;

/** Keep what stands in a form, in my own space. `title`: what I would call it. */
export async function keepForm(place: FormPlace, title: string, form: Fields): Promise<void> {
  const mine = session.personSpace;
  if (!mine) return;
  const before = await formDraft(place);
  if (before && before.text === title && JSON.stringify(before.form) === JSON.stringify(form)) return;
  await store.put<Draft>(mine, {
    ...before,
    ...envelope(idOf(place), 'draft', authorIn(mine), new Date()),
    text: title.slice(0, 200),
    files: [],
    form,
  });
}

/** What I left in a form. */
export async function formDraft(place: FormPlace): Promise<Held<Draft> | undefined> {
  const mine = session.personSpace;
  return mine ? store.get<Draft>(mine, idOf(place)) : undefined;
}

/** The form was sent, or given up. */
export async function forgetForm(place: FormPlace): Promise<void> {
  const mine = session.personSpace;
  if (mine && (await formDraft(place))) await store.remove(mine, idOf(place));
}
