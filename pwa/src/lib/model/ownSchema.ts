/**
 * A process' tree as a pattern that others begin with: names, descriptions, kinds of problem, order and what comes first.
 * Nobody and nothing of what was done goes along: no people, teams, dates, statuses, contributions.
 */
import type { SchemaObjective, SchemaPhase, SchemaTask, Text } from './documents';
import type { Node, Tree, TreeDocument } from './tree';

/** What the server takes (`backend/catalogue`). */
export const most = { phases: 50, objectives: 100, tasks: 200, together: 1_000, bytes: 900_000 };

export interface Pattern {
  phases: SchemaPhase[];
  /** Languages in which each item has a name. */
  languages: string[];
  objectives: number;
  tasks: number;
  /** Why it cannot be saved as it is. */
  wrong?: 'empty' | 'large' | 'circle';
}

export function patternOf(tree: Tree): Pattern {
  const names: Text[] = [];
  const placed = <N extends Node<TreeDocument>>(siblings: readonly N[]) => {
    const keys = keysOf(siblings);
    return siblings.map((node) => {
      const { name, description, after = [] } = node.document;
      names.push(name);
      return {
        node,
        item: {
          key: keys.get(node.id) ?? node.id,
          name,
          ...(description ? { description } : {}),
          // Only what stands beside it: a pattern knows no other order.
          after: [...new Set(after)].flatMap((id) => keys.get(id) ?? []),
        },
      };
    });
  };
  const phases: SchemaPhase[] = placed(tree.phases).map(({ node, item }) => ({
    ...item,
    codelivery: node.document.codelivery ?? false,
    objectives: placed(node.objectives).map(({ node: objective, item: part }): SchemaObjective => ({
      ...part,
      profiles: [],
      tasks: placed(objective.tasks).map(({ node: task, item: one }): SchemaTask => ({
        ...one,
        profiles: task.document.profiles ?? [],
      })),
    })),
  }));
  const objectives = phases.flatMap((phase) => phase.objectives);
  const tasks = objectives.reduce((sum, one) => sum + one.tasks.length, 0);
  const pattern = { phases, languages: spokenByAll(names), objectives: objectives.length, tasks };
  const wrong = wrongWith(pattern, tree);
  return wrong ? { ...pattern, wrong } : pattern;
}

function wrongWith({ phases, tasks }: Omit<Pattern, 'wrong'>, tree: Tree): Pattern['wrong'] {
  if (phases.length === 0) return 'empty';
  if (tree.circles.length > 0) return 'circle';
  const large =
    phases.length > most.phases ||
    tasks > most.together ||
    phases.some(({ objectives }) => objectives.length > most.objectives) ||
    phases.some(({ objectives }) => objectives.some((one) => one.tasks.length > most.tasks)) ||
    new Blob([JSON.stringify(phases)]).size > most.bytes;
  return large ? 'large' : undefined;
}

/** The key each had in the schema it came from, where that is still its own; else its id. */
function keysOf(siblings: readonly Node<TreeDocument>[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    siblings.map(({ id, document }) => {
      const key = document.key && !taken.has(document.key) ? document.key : id;
      taken.add(key);
      return [id, key];
    }),
  );
}

function spokenByAll(names: readonly Text[]): string[] {
  const [first, ...rest] = names.map((name) => Object.keys(name).filter((lang) => name[lang]?.trim()));
  return (first ?? []).filter((lang) => rest.every((langs) => langs.includes(lang))).sort();
}
