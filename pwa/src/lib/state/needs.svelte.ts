/** The calls for people in my processes, each read again when its process changes. */
import { SvelteMap } from 'svelte/reactivity';
import { onStore, store } from '../data/client';
import type { Held, Store } from '../data/store';
import type { Attendance, Claim, Need, Placed } from '../model/documents';
import { splitId } from '../model/envelope';
import type { ProcessView } from '../model/process';

/** One call, with every word on it that is here. */
export interface Called {
  view: ProcessView;
  item: string;
  key: string;
  need: Held<Need>;
  /** Mine only. */
  claims: Held<Claim>[];
  everybodys: Held<Claim>[];
  places: Held<Placed>[];
  attended: Held<Attendance>[];
}

/** At a removed task and in an archived process nobody is expected any more; what took place did so. */
function asItStands(need: Held<Need>, view: ProcessView, item: string): Held<Need> {
  const stands = !view.process?.archived && (item === view.id || view.tree.byId.has(item));
  const now = new Date();
  const ahead = need.occurrences.some((one) => new Date(one.start) > now);
  return stands || !ahead ? need : { ...need, cancelled: true };
}

/** The calls of one item; `me` is my member id. */
export async function callsOf(store: Store, view: ProcessView, item: string): Promise<Called[]> {
  const needs = (await store.list<Need>(view.space, item, 'need')).map((need) =>
    asItStands(need, view, item),
  );
  if (needs.length === 0) return [];
  const [claims, places, attended] = await Promise.all([
    store.list<Claim>(view.space, item, 'claim'),
    store.list<Placed>(view.space, item, 'place'),
    store.list<Attendance>(view.space, item, 'attendance'),
  ]);
  return needs.map((need) => {
    const { key } = splitId(need._id);
    const about = <D extends { need: string }>(all: D[]) => all.filter((one) => one.need === key);
    const everybodys = about(claims);
    const mine = everybodys.filter((one) => one.author === view.standing.member);
    return {
      view,
      item,
      key,
      need,
      claims: mine,
      everybodys,
      places: about(places),
      attended: about(attended),
    };
  });
}

async function readAll(view: ProcessView): Promise<Called[]> {
  const items = [...view.tree.byId.keys()];
  return (await Promise.all(items.map((item) => callsOf(store, view, item)))).flat();
}

/** Call it while a component is being made; it ends with the component. */
export function myCalls(views: () => ProcessView[]): { readonly all: Called[]; readonly loaded: boolean } {
  const found = new SvelteMap<string, Called[]>();

  $effect(() => {
    const mine = views();
    let ended = false;
    const read = async (view: ProcessView) => {
      const calls = await readAll(view);
      if (!ended) found.set(view.space, calls);
    };
    const stop = onStore((event) => {
      const touched = event.kind === 'changes' && mine.find((view) => view.space === event.space);
      if (touched) void read(touched);
    });
    for (const view of mine) void read(view);
    return () => {
      ended = true;
      stop();
    };
  });

  return {
    get all() {
      return views().flatMap((view) => found.get(view.space) ?? []);
    },
    get loaded() {
      return views().every((view) => found.has(view.space));
    },
  };
}
