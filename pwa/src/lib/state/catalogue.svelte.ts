/** The catalogue as it lies on this device, and what people think of it. */
import type { Interlinker, Opinions, ProblemProfile, Schema } from '../model/documents';
import { opinionsOf, type Thing } from '../model/opinions';
import { live } from './live.svelte';
import { session } from './session.svelte';

const commons = () => (session.ready ? 'commons' : null);

/** All building blocks. Call it while a component is being made. */
export const allBlocks = (wanted: () => boolean = () => true) =>
  live(
    () => (wanted() ? commons() : null),
    (store) => store.list<Interlinker>('commons', 'all', 'interlinker'),
  );

/** All problem profiles. */
export const allProblems = (wanted: () => boolean = () => true) =>
  live(
    () => (wanted() ? commons() : null),
    (store) => store.list<ProblemProfile>('commons', 'all', 'problem-profile'),
  );

/** All patterns of processes. */
export const allSchemas = () => live(commons, (store) => store.list<Schema>('commons', 'all', 'schema'));

/** What people think of all things of one type, by key of the thing. */
export const allOpinions = (type: Thing, wanted: () => boolean = () => true) =>
  live(
    () => (wanted() ? commons() : null),
    async (store) => opinionsOf(type, await store.list<Opinions>('commons', 'all', 'opinions')),
  );
