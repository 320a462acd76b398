/**
 * What somebody is about to change in the rights of a process: wishes are collected, what they would do is asked of the server,
 * and all are saved at once or none. A tab left and opened again finds them; another person's save in between is told.
 */
import { SvelteMap } from 'svelte/reactivity';
import { Problem } from '$lib/api/client';
import * as api from '$lib/api/rights';
import { language } from '$lib/i18n/language.svelte';
import type { Grant } from '$lib/model/access';
import type { ProcessView } from '$lib/model/process';
import { addWish, withWishes, type Flags, type Wish } from '$lib/model/rights';
import { nameIn, type TeamKind } from '$lib/model/team';
import type { Shown } from '$lib/model/text';
import { Act, asked, type Asked } from '$lib/state/asked.svelte';
import { rowsOf, type Row } from './rows';

export interface RightsTeam {
  id: string;
  name: Shown;
  kind: TeamKind;
  people: number;
}

/** By process: outlives the screen, not the page. */
const unsaved = new SvelteMap<string, { wishes: Wish[]; added: RightsTeam[] }>();
const NOTHING = { wishes: [], added: [] };

export interface RightsPlan {
  readonly rows: Row[];
  readonly teams: RightsTeam[];
  readonly wishes: readonly Wish[];
  /** The grants as they would be. */
  readonly wished: readonly Grant[];
  /** The number of the state is known: changes can be made. */
  readonly editable: boolean;
  readonly grants: Asked<api.Grants>;
  /** What the wishes would do; undefined while it is asked. */
  readonly preview: api.Preview | undefined;
  readonly previewFailed: boolean;
  /** Somebody else saved meanwhile; goes with the next save. */
  readonly clash: boolean;
  readonly act: Act;
  wish(team: string, target: string | null, flags: Flags | null): void;
  addTeam(team: RightsTeam): void;
  undo(): void;
  /** True when it is saved. */
  save(): Promise<boolean>;
}

/** Call it while a component is being made; it ends with the component. */
export function planRights(view: () => ProcessView): RightsPlan {
  const process = $derived(view().id);
  const act = new Act();
  let clash = $state(false);
  const grants = asked(() => api.grants(process));
  const saved = $derived<readonly Grant[]>(grants.value?.grants ?? view().standing.grants);
  const mine = $derived(unsaved.get(process) ?? NOTHING);
  const wished = $derived(withWishes(saved, process, mine.wishes));
  const rows = $derived(rowsOf(view()));
  const teams = $derived.by(() => {
    const known = [...view().teams].map(([id, { name, kind, members = [] }]) => {
      return { id, kind, name: nameIn(name, language.code), people: members.length };
    });
    const given = (id: string) => wished.some((grant) => grant.team === id);
    return [...known, ...mine.added.filter(({ id }) => given(id) && !view().teams.has(id))];
  });

  const preview = asked(() => {
    const { wishes } = mine;
    const { value } = grants;
    if (wishes.length === 0 || !value) return null;
    return api.previewGrants(process, value.version, changes(wishes)).then(
      (told) => ({ told, wishes }),
      (problem: unknown) => {
        if (problem instanceof Problem && problem.code === 'conflict') void collide();
        throw problem;
      },
    );
  });

  async function collide() {
    clash = true;
    await grants.again();
  }
  const keep = (wishes: Wish[], added: RightsTeam[] = mine.added) => {
    unsaved.set(process, { wishes, added: wishes.length > 0 ? added : [] });
  };

  return {
    act,
    grants,
    get rows() {
      return rows;
    },
    get teams() {
      return teams;
    },
    get wishes() {
      return mine.wishes;
    },
    get wished() {
      return wished;
    },
    get editable() {
      return grants.value !== undefined;
    },
    get preview() {
      return preview.value?.wishes === mine.wishes ? preview.value.told : undefined;
    },
    get previewFailed() {
      return preview.without !== undefined && preview.value?.wishes !== mine.wishes;
    },
    get clash() {
      return clash;
    },
    wish(team, target, flags) {
      keep(addWish(saved, process, mine.wishes, { team, target, flags }));
    },
    addTeam(team) {
      const see: Flags = { access: true, create: false, delete: false };
      const wish = { team: team.id, target: null, flags: see };
      keep(addWish(saved, process, mine.wishes, wish), [...mine.added, team]);
    },
    undo() {
      keep(mine.wishes.slice(0, -1));
    },
    async save() {
      const { value } = grants;
      if (!value) return false;
      const done = await act.does(async () => {
        grants.is(await api.saveGrants(process, value.version, changes(mine.wishes)));
      });
      if (done) {
        unsaved.delete(process);
        clash = false;
      } else if (act.code === 'conflict') {
        act.forget();
        await collide();
      }
      return done;
    },
  };
}

const changes = (wishes: readonly Wish[]): api.GrantChange[] =>
  wishes.map(({ team, target, flags }) =>
    flags ? { team, target, ...flags } : { team, target, remove: true },
  );
