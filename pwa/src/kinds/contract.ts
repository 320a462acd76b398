/**
 * The half of a kind that people see. Its other half, what is kept and by which rules, is `backend/kinds/<kind>.py`.
 *
 *   kind.ts      what everybody must know of it at once: name, icon, summary, exports. Small, without screens
 *   View.svelte  one thing of this kind, opened: fetched when it is first looked at (and kept for offline)
 *   Make.svelte  what is asked when one makes one, beside its name; may be missing
 *   texts/       its words in four languages, each key beginning with the kind's name
 */
import type { Component } from 'svelte';
import type { IconName } from '$lib/components/icons';
import type { Held } from '$lib/data/store';
import type { Asset, Members } from '$lib/model/assets';
import type { ProcessView } from '$lib/model/process';

/** Where an asset stands. `item` is the key of a task, objective or phase, or the id of the process. */
export interface Place {
  view: ProcessView;
  space: string;
  item: string;
}

/** One way out: what the file is to be, and how it is written. Works offline with what is here. */
export interface Export<D extends Asset> {
  /** How the file's name ends: `md`. */
  to: string;
  /** What one gets, in words. */
  title(): string;
  /** A `File` keeps its own name, a `Blob` is named after the asset. Undefined: what it needs is not on this device. */
  write(asset: Held<D>, place: Place): Blob | undefined | Promise<Blob | undefined>;
}

export interface ViewProps<D extends Asset> {
  place: Place;
  asset: Held<D>;
  /** May I change it? */
  may: boolean;
  /**
   * Write what changed, made of what is here by then: two quick acts follow one another. With `base`, an earlier `_rev`, the change
   * stands beside what came meanwhile, and nobody's words are lost.
   */
  change(how: (now: Held<D>) => Partial<D>, base?: string): Promise<void>;
}

export interface MakeProps<D extends Asset> {
  place: Place;
  /** Bound. */
  members: Members<D>;
  /** Bound: a kind may propose the name («the file's own»). */
  name: string;
  /** What still keeps it from being saved, once one has tried: said at the field it is about. */
  wrong?: string;
}

export interface Kind<D extends Asset = Asset> {
  /** Type of its documents, and the name of both its halves. */
  key: D['type'];
  /** Its place among the kinds where one chooses: the smaller the earlier. */
  order: number;
  icon: IconName;
  /** What it is called: «Text page». */
  title(): string;
  /** What one makes with it, for whom never saw one. */
  purpose(): string;
  /** What a new one says beside its name; `template`: the text an INTERLINKER gives it to begin with. */
  blank(template?: string): Members<D>;
  /** What still keeps it from being saved, as a sentence; undefined when nothing does. */
  wrong?(members: Members<D>): string | undefined;
  /** One line for lists, and to tell two versions apart. */
  summary(asset: D): string;
  /** Nothing more is said about it: its comments are there to be read. */
  closed?(asset: D): boolean;
  /** At least one. */
  exports: readonly Export<D>[];
  View(): Promise<{ default: Component<ViewProps<D>> }>;
  Make?(): Promise<{ default: Component<MakeProps<D>, object, 'members' | 'name'> }>;
}

/** Declare a kind; the registry handles all of them alike. */
export const kind = <D extends Asset>(declared: Kind<D>): Kind => declared as unknown as Kind;
