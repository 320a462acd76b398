/** The patterns of processes: how much is in them, and which of them says the words one looks for. */
import type { Opinions, Schema, SchemaPhase } from './documents';
import { splitId } from './envelope';
import { weighed } from './opinions';
import { fold } from './search';
import { textIn } from './text';

export const tasksOf = (phases: readonly Pick<SchemaPhase, 'objectives'>[]): number =>
  phases.flatMap(({ objectives }) => objectives).reduce((sum, objective) => sum + objective.tasks.length, 0);

/** Those that say every word in any language, those that people found good first, then by name. */
export function findSchemas(
  schemas: readonly Schema[],
  opinions: ReadonlyMap<string, Opinions>,
  asked: string,
  language: string,
): Schema[] {
  const words = fold(asked).split(/\s+/).filter(Boolean);
  return schemas
    .map((schema) => ({
      schema,
      label: textIn(schema.name, language).text,
      stars: weighed(opinions.get(splitId(schema._id).key)),
    }))
    .filter(({ schema }) => {
      const says = fold(saidBy(schema).join(' '));
      return words.every((word) => says.includes(word));
    })
    .sort((a, b) => b.stars - a.stars || a.label.localeCompare(b.label, language))
    .map(({ schema }) => schema);
}

const saidBy = ({ name, description, tags, phases }: Schema): string[] => [
  ...Object.values(name),
  ...Object.values(description ?? {}),
  ...Object.values(tags).flat(),
  ...phases.flatMap((phase) => Object.values(phase.name)),
];
