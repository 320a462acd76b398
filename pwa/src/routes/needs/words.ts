import type { IconName } from '$lib/components/icons';
import type { PillForm } from '$lib/components/Pill.svelte';
import { weather } from '$lib/components/weather.svelte';
import { day, dayInShort, hours as fromTo, kilometres, time } from '$lib/i18n/format';
import { m } from '$lib/i18n/messages';
import type { Occurrence, Place } from '$lib/model/documents';
import { distance, type Standing } from '$lib/model/needs';
import { here } from '$lib/state/position.svelte';

export interface Told {
  form: PillForm;
  icon: IconName;
  word: string;
  what: string;
}

/** How one stands, as a pill and a sentence; `turn` counts from 1. Who still waits when it has `begun` is not needed. */
export function told(standing: Exclude<Standing, 'open'>, turn = 1, begun = false): Told {
  switch (standing) {
    case 'requested':
      return {
        form: 'waiting',
        icon: 'waiting',
        word: m.need_requested(),
        what: weather.offline ? m.need_requested_offline() : m.need_requested_what(),
      };
    case 'confirmed':
      return { form: 'received', icon: 'received', word: m.need_confirmed(), what: m.need_confirmed_what() };
    case 'waiting':
      return {
        form: 'info',
        icon: 'clock',
        word: m.need_waiting(),
        what: begun ? m.need_waiting_over() : m.need_waiting_what({ turn }),
      };
    case 'late':
      return { form: 'plain', icon: 'x', word: m.need_late(), what: m.need_late_what() };
    case 'uninvited':
      return { form: 'plain', icon: 'x', word: m.need_uninvited(), what: m.need_uninvited_what() };
    case 'cancelled':
      return { form: 'plain', icon: 'x', word: m.need_cancelled(), what: m.need_cancelled_what() };
    case 'withdrawn':
      return { form: 'plain', icon: 'x', word: m.need_withdrawn(), what: m.need_withdrawn_what() };
    case 'handed':
      return { form: 'plain', icon: 'go', word: m.need_handed(), what: m.need_handed_what() };
  }
}

/** The four answers that are shown before one answers. */
export const answers = ['requested', 'confirmed', 'waiting', 'late'] as const;

/** «14:00–16:00», in the zone the need is meant in. */
export const hours = (one: Occurrence, zone: string | undefined) => fromTo(one.start, one.end, zone);

export const dayOf = (one: Occurrence, zone: string | undefined) => day(one.start, zone);
export const shortDayOf = (one: Occurrence, zone: string | undefined) => dayInShort(one.start, zone);

/** «Sunday 29 November, 12:00»: until when one could answer. */
export const closedOf = (deadline: string, zone: string | undefined) =>
  `${day(deadline, zone)}, ${time(new Date(deadline), zone)}`;

/** «3.2 km from you», once the person has let the device know where it is. */
export function away(place: Place | null | undefined): string | undefined {
  if (!here.at || typeof place?.lat !== 'number' || typeof place.lon !== 'number') return undefined;
  return m.need_away({ distance: kilometres(distance(here.at, { lat: place.lat, lon: place.lon })) });
}
