/** The patterns of processes: how much is in them, and which of them says the words one looks for. */
import type { Opinions, Schema, SchemaPhase } from './documents';
import { splitId } from './envelope';
import { weighed } from './opinions';
import { byAlphabet, fold, typed } from './search';
import { textIn } from './text';

export const tasksOf = (phases: readonly Pick<SchemaPhase, 'objectives'>[]): number =>
  phases.flatMap(({ objectives }) => objectives).reduce((sum, objective) => sum + objective.tasks.length, 0);

/** A pattern made ready to be looked for; its words are made plain once, when somebody types. */
interface Entry {
  schema: Schema;
  readonly says: string;
}

/** Those that people found good first, then by name. */
export function schemaEntries(
  schemas: readonly Schema[],
  opinions: ReadonlyMap<string, Opinions>,
  language: string,
): Entry[] {
  return schemas
    .map((schema) => ({
      schema,
      label: textIn(schema.name, language).text,
      stars: weighed(opinions.get(splitId(schema._id).key)),
    }))
    .sort((a, b) => b.stars - a.stars || byAlphabet(a.label, b.label))
    .map(({ schema }) => entryOf(schema));
}

function entryOf(schema: Schema): Entry {
  let says: string | undefined;
  return {
    schema,
    get says() {
      return (says ??= fold(saidBy(schema).join(' ')));
    },
  };
}

/** Those that say every word in any language, in their order. */
export function findSchemas(entries: readonly Entry[], asked: string): Schema[] {
  const words = typed(asked);
  return entries.filter((one) => words.every((word) => one.says.includes(word))).map(({ schema }) => schema);
}

const saidBy = ({ name, description, tags, phases }: Schema): string[] => [
  ...Object.values(name),
  ...Object.values(description ?? {}),
  ...Object.values(tags).flat(),
  ...phases.flatMap((phase) => Object.values(phase.name)),
];
