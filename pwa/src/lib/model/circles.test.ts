import { describe, expect, it } from 'vitest';
import { circleIf, findCircles, type Links } from './circles';

const item = (id: string, after: string[] = [], parent?: string): Links => ({ id, after, parent });
const said = (steps: readonly { kind: string; from: string; to: string }[] | undefined) =>
  steps?.map(({ kind, from, to }) => `${from} ${kind} ${to}`);

/** A generator of its own, so that a failure comes again. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('a circle', () => {
  it('is found and named step by step, once', () => {
    const circles = findCircles([item('A', ['C']), item('B', ['A']), item('C', ['B']), item('D', ['A'])]);
    expect(circles.map(said)).toEqual([['A waits C', 'C waits B', 'B waits A']]);
  });

  it('is a thing that waits for itself, too', () => {
    expect(findCircles([item('A', ['A'])]).map(said)).toEqual([['A waits A']]);
  });

  it('is found where a task waits for the objective that it is in', () => {
    const circles = findCircles([item('O'), item('T', ['O'], 'O')]);
    expect(circles.map(said)).toEqual([['T waits O', 'O holds T']]);
  });

  it('is found across phases that wait for each other through what they hold', () => {
    const items = [item('P1'), item('P2', ['P1']), item('O1', [], 'P1'), item('T', ['P2'], 'O1')];
    expect(findCircles(items).map(said)).toEqual([
      ['P2 waits P1', 'P1 holds O1', 'O1 holds T', 'T waits P2'],
    ]);
  });

  it('is not what only looks like one: siblings in a row, a task that waits for another objective', () => {
    const items = [item('O1'), item('O2', ['O1']), item('T1', [], 'O1'), item('T2', ['T1', 'O1'], 'O2')];
    expect(findCircles(items)).toEqual([]);
    expect(circleIf(items, 'T2', 'T1')).toBeUndefined();
  });

  it('is told before it is made', () => {
    const items = [item('A', ['B']), item('B', ['C']), item('C')];
    expect(said(circleIf(items, 'C', 'A'))).toEqual(['C waits A', 'A waits B', 'B waits C']);
    expect(circleIf(items, 'A', 'C')).toBeUndefined();
  });
});

describe('whatever people wrote', () => {
  it('each circle comes back to where it began, and without its prerequisites there is none', () => {
    const pick = random(11);
    for (let turn = 0; turn < 300; turn += 1) {
      let items: Links[] = Array.from({ length: 1 + pick(9) }, (_, n) => ({
        id: `I${n}`,
        parent: n > 0 && pick(2) ? `I${pick(n)}` : undefined,
        after: Array.from({ length: pick(3) }, () => `I${pick(10)}`),
      }));
      for (const circle of findCircles(items))
        circle.forEach((step, n) => expect(step.to).toBe(circle[(n + 1) % circle.length]!.from));
      for (let left = findCircles(items); left.length > 0; left = findCircles(items)) {
        const { from, to } = left[0]!.find((step) => step.kind === 'waits')!;
        items = items.map((one) =>
          one.id === from ? { ...one, after: one.after.filter((id) => id !== to) } : one,
        );
      }
    }
  });

  it('what was refused would have made a circle, and what was allowed makes none', () => {
    const pick = random(5);
    for (let turn = 0; turn < 300; turn += 1) {
      const items: Links[] = Array.from({ length: 8 }, (_, n) => item(`I${n}`));
      for (let more = 0; more < 12; more += 1) {
        const [from, to] = [pick(8), pick(8)];
        const refused = circleIf(items, `I${from}`, `I${to}`) !== undefined;
        const wish = items.map((one, n) => (n === from ? { ...one, after: [...one.after, `I${to}`] } : one));
        expect(findCircles(wish).length > 0).toBe(refused);
        if (!refused) items.splice(0, 8, ...wish);
      }
    }
  });

  it('ten thousand prerequisites, and a circle of as many, are answered', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => item(`I${n}`, [`I${(n + 1) % 10_000}`]));
    expect(findCircles(many)[0]).toHaveLength(10_000);
    const one = [
      item(
        'X',
        Array.from({ length: 10_000 }, (_, n) => `I${n}`),
      ),
      ...many.slice(0, -1),
    ];
    expect(findCircles(one)).toEqual([]);
  });
});
