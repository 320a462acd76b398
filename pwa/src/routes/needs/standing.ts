import type { Need } from '$lib/model/documents';
import { splitId } from '$lib/model/envelope';
import { seatsOf, standingOf, type Standing } from '$lib/model/needs';
import { mayAt, type ProcessView } from '$lib/model/process';
import type { Called } from '$lib/state/needs.svelte';

/** Whether a call is mine to look after and to change; who only may call for people here too makes calls of their own. */
export const maySteer = (view: ProcessView, need: Need, item: string): boolean =>
  [need.author, need.contact].includes(view.standing.member ?? '') || mayAt(view, 'delete', item);

/** How I stand at one occurrence of a call. */
export function standingAt(called: Called, occurrence: string): Standing {
  const mine = `${occurrence}-${called.view.standing.member}`;
  const of = <D extends { _id: string }>(all: D[]) => all.find((one) => splitId(one._id).key === mine);
  const standing = standingOf(of(called.claims), of(called.places));
  return standing === 'open' && called.need.cancelled ? 'cancelled' : standing;
}

/** Which place on the waiting list is mine, from 1. */
export function turnAt(called: Called, occurrence: string): number {
  const me = called.view.standing.member ?? '';
  return seatsOf(called.need, occurrence, called.places).waiting.indexOf(me) + 1;
}
