/**
 * Prerequisites that go round in a circle. Each of them was right when it was made, perhaps on phones that did not see each other;
 * together nobody may ever begin. The graph has two nodes per item, its beginning and its end, and an arrow to what must come before:
 *
 *     end of X ──▶ beginning of X                       a thing begins before it ends
 *     beginning of X ──▶ end of P                       X waits for P                            `waits`
 *     beginning of X ──▶ beginning of what holds X      nothing in a phase begins before it      `part`
 *     end of X ──▶ end of what X holds                  an objective ends with its last task     `holds`
 *
 * A circle of arrows is a strongly connected component (Tarjan, 1972) of more than one node. Everything here is iterative and linear:
 * it ends, and soon, whatever people wrote.
 */

/** One reason in a circle: `from` waits for `to`, is part of it, or ends only when it does. */
export interface Step {
  kind: 'waits' | 'part' | 'holds';
  from: string;
  to: string;
}
export type Circle = Step[];

export interface Links {
  id: string;
  parent: string | undefined;
  after: readonly string[];
}

type Arrow = { to: number; step?: Step };
type Graph = Arrow[][];

/** The circles there are, one for each knot of items, in the order of the items. */
export function findCircles(items: readonly Links[]): Circle[] {
  const { arrows } = graphOf(items);
  const knot = knotsOf(arrows);
  const seen = new Set<number>();
  const circles: Circle[] = [];
  arrows.forEach((out, from) => {
    for (const { to, step } of out) {
      if (step?.kind !== 'waits' || knot[from] !== knot[to] || seen.has(knot[from]!)) continue;
      seen.add(knot[from]!);
      const back = wayBetween(arrows, to, from, (node) => knot[node] === knot[from]);
      if (back) circles.push([step, ...back]);
    }
  });
  return circles;
}

/** The circle that would close if `item` waited for `before`; undefined when none would. */
export function circleIf(items: readonly Links[], item: string, before: string): Circle | undefined {
  const { arrows, number } = graphOf(items);
  const [begins, ends] = [number.get(item), number.get(before)];
  if (begins === undefined || ends === undefined) return undefined;
  const back = wayBetween(arrows, ends + 1, begins);
  return back && [{ kind: 'waits', from: item, to: before }, ...back];
}

/** Arrows by node: the beginning of an item is an even number, its end the one after it. */
function graphOf(items: readonly Links[]): { arrows: Graph; number: Map<string, number> } {
  const number = new Map(items.map(({ id }, n) => [id, 2 * n]));
  const arrows: Graph = items.flatMap(({ id, parent, after }, n) => {
    const begins: Arrow[] = [];
    for (const before of new Set(after)) {
      const to = number.get(before);
      if (to !== undefined) begins.push({ to: to + 1, step: { kind: 'waits', from: id, to: before } });
    }
    const above = parent === undefined ? undefined : number.get(parent);
    if (above !== undefined) begins.push({ to: above, step: { kind: 'part', from: id, to: parent! } });
    return [begins, [{ to: 2 * n }]];
  });
  for (const { id, parent } of items) {
    const above = parent === undefined ? undefined : number.get(parent);
    if (above !== undefined)
      arrows[above + 1]!.push({ to: number.get(id)! + 1, step: { kind: 'holds', from: parent!, to: id } });
  }
  return { arrows, number };
}

/** The fewest steps from one node to another; undefined when no way leads there. */
function wayBetween(
  arrows: Graph,
  from: number,
  to: number,
  within: (node: number) => boolean = () => true,
): Step[] | undefined {
  const cameBy = new Map<number, { from: number; step?: Step }>([[from, { from }]]);
  const queue = [from];
  for (let head = 0; head < queue.length && !cameBy.has(to); head += 1)
    for (const arrow of arrows[queue[head]!]!)
      if (!cameBy.has(arrow.to) && within(arrow.to)) {
        cameBy.set(arrow.to, { from: queue[head]!, step: arrow.step });
        queue.push(arrow.to);
      }
  if (!cameBy.has(to)) return undefined;
  const steps: Step[] = [];
  for (let at = to; at !== from; at = cameBy.get(at)!.from) {
    const { step } = cameBy.get(at)!;
    if (step) steps.push(step);
  }
  return steps.reverse();
}

/** For each node the number of its strongly connected component: Tarjan's algorithm with a stack of its own. */
function knotsOf(arrows: Graph): number[] {
  const index: number[] = [];
  const low: number[] = [];
  const knot: number[] = [];
  const open: number[] = [];
  const isOpen: boolean[] = [];
  let [next, knots] = [0, 0];
  for (let root = 0; root < arrows.length; root += 1) {
    if (index[root] !== undefined) continue;
    const calls: { node: number; arrow: number }[] = [{ node: root, arrow: 0 }];
    while (calls.length > 0) {
      const call = calls.at(-1)!;
      const { node } = call;
      if (call.arrow === 0) {
        index[node] = low[node] = next++;
        open.push(node);
        isOpen[node] = true;
      }
      const arrow = arrows[node]![call.arrow++];
      if (arrow) {
        if (index[arrow.to] === undefined) calls.push({ node: arrow.to, arrow: 0 });
        else if (isOpen[arrow.to]) low[node] = Math.min(low[node]!, index[arrow.to]!);
        continue;
      }
      if (low[node] === index[node]) {
        for (let member = -1; member !== node;) {
          member = open.pop()!;
          isOpen[member] = false;
          knot[member] = knots;
        }
        knots += 1;
      }
      calls.pop();
      const above = calls.at(-1);
      if (above) low[above.node] = Math.min(low[above.node]!, low[node]!);
    }
  }
  return knot;
}
