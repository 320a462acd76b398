/**
 * The plan as a picture for wide screens, as numbers to draw: a row for each phase and task that has a day, a bar from its
 * beginning to its end, an arrow from what must be finished first. Phases have the dates of what hangs on them.
 */
import { dayAt, numberOf, spanAround, spanOf, type Span } from './days';
import type { PhaseNode, Status, TaskNode, Tree } from './tree';

export type Zoom = 'week' | 'month' | 'quarter';
export const ZOOMS: readonly Zoom[] = ['week', 'month', 'quarter'];

/** px of a day: a week, a month, a quarter are each wide enough for their words. */
const DAY: Record<Zoom, number> = { week: 6.6, month: 2.3, quarter: 0.8 };
const ENOUGH = 1600; // px: a picture as wide as this needs no farther zoom
const FAR = 366 * 20; // days from today; what somebody dated beyond is drawn at the edge
const BAR = 14; // px a bar has at least, to be seen and hit

export interface Bar {
  id: string;
  kind: 'phase' | 'task';
  node: PhaseNode | TaskNode;
  span: Span;
  status: Status;
  /** 0…1; of a task under way: how much of its time has gone. */
  share: number;
  waits: number;
  codelivery: boolean;
  x: number;
  width: number;
}
export interface Gantt {
  bars: Bar[];
  ticks: { x: number; day: string; first: boolean }[];
  arrows: { from: number; to: number; path: string }[];
  width: number;
  today: number;
  /** Tasks that have no day, so no bar. */
  undated: number;
}

/** The nearest zoom at which the whole plan is no wider than a few screens. */
export function zoomFor(tree: Tree, today: string): Zoom {
  const [from, to] = reach(rowsOf(tree), today);
  return ZOOMS.find((zoom) => (to - from) * DAY[zoom] <= ENOUGH) ?? 'quarter';
}

/** `row` is the height of a row in px, `head` that of the days above. */
export function ganttOf(tree: Tree, today: string, zoom: Zoom, row: number, head: number): Gantt {
  const rows = rowsOf(tree);
  const [from, to] = reach(rows, today);
  const scale = DAY[zoom];
  const now = numberOf(today);
  const at = (day: number) => (Math.min(Math.max(day, from), to) - from) * scale;
  const bars = rows.map(({ node, span, ...rest }): Bar => {
    const [start, end] = [numberOf(span.start), numberOf(span.due) + 1];
    const width = Math.max(BAR, at(end) - at(start));
    const x = Math.min(at(start), at(to) - width);
    const gone = Math.min(1, Math.max(0, (now - start) / (end - start)));
    const task = node.document.type === 'task';
    return {
      ...rest,
      ...{ id: node.id, node, span, x, width, status: statusOf(node), waits: node.waitsFor.length },
      share: task ? gone : node.progress.share,
    };
  });
  const all = tree.phases.flatMap((phase) => phase.objectives).flatMap((objective) => objective.tasks);
  return {
    bars,
    ticks: ticksOf(from, to, zoom).map((tick) => ({ ...tick, x: at(numberOf(tick.day)) })),
    arrows: arrowsOf(bars, row, head),
    width: (to - from) * scale,
    today: at(now) + scale / 2,
    undated: all.length - bars.filter((bar) => bar.kind === 'task').length,
  };
}

type Row = Pick<Bar, 'kind' | 'node' | 'span' | 'codelivery'>;

function rowsOf(tree: Tree): Row[] {
  return tree.phases.flatMap((phase): Row[] => {
    const tasks = phase.objectives.flatMap((objective) => objective.tasks);
    const rows = tasks.flatMap((node): Row[] => {
      const span = spanOf(node);
      return span ? [{ kind: 'task', node, span, codelivery: false }] : [];
    });
    const span = spanOf(phase);
    if (!span) return [];
    return [{ kind: 'phase', node: phase, span, codelivery: phase.document.codelivery ?? false }, ...rows];
  });
}

/** Days from and to which is drawn: the plan and today, with air around, the ends of weeks or months. */
function reach(rows: readonly Row[], today: string): [number, number] {
  const now = numberOf(today);
  const span = spanAround(rows.map((row) => row.span));
  const first = Math.max(Math.min(span ? numberOf(span.start) : now, now), now - FAR);
  const last = Math.min(Math.max(span ? numberOf(span.due) : now, now), now + FAR);
  return [mondayOf(first) - 7, mondayOf(last) + 21];
}

const mondayOf = (day: number) => day - ((((day + 3) % 7) + 7) % 7);

function ticksOf(from: number, to: number, zoom: Zoom): { day: string; first: boolean }[] {
  const ticks: { day: string; first: boolean }[] = [];
  if (zoom === 'week') {
    let month = '';
    for (let day = from; day < to; day += 7) {
      const date = dayAt(day);
      ticks.push({ day: date, first: date.slice(0, 7) !== month });
      month = date.slice(0, 7);
    }
    return ticks;
  }
  const step = zoom === 'month' ? 1 : 3;
  const [year = 1970, month = 1] = dayAt(from).split('-').map(Number);
  for (let n = Math.ceil((month - 1) / step) * step; ; n += step) {
    const date = new Date(Date.UTC(year, n, 1)).toISOString().slice(0, 10);
    const day = numberOf(date);
    if (day >= to) return ticks;
    if (day >= from) ticks.push({ day: date, first: ticks.length === 0 || date.slice(5, 7) === '01' });
  }
}

/** From the end of what comes first to the beginning of what waits for it. */
function arrowsOf(bars: readonly Bar[], row: number, head: number): Gantt['arrows'] {
  const places = new Map(bars.map((bar, n) => [bar.id, n]));
  const middle = (n: number) => head + (n + 0.5) * row;
  return bars.flatMap((bar, to) =>
    (bar.node.document.after ?? []).flatMap((before) => {
      const from = places.get(before);
      if (from === undefined || from === to) return [];
      const end = bars[from]!.x + bars[from]!.width;
      const [y1, y2] = [middle(from), middle(to)];
      const room = bar.x - end >= 14;
      const turn = y2 - Math.sign(y2 - y1) * row * 0.5;
      const path = room
        ? `M${end} ${y1}H${bar.x - 8}V${y2}H${bar.x - 2}`
        : `M${end} ${y1}H${end + 6}V${turn}H${bar.x - 8}V${y2}H${bar.x - 2}`;
      return [{ from, to, path }];
    }),
  );
}

const statusOf = (node: PhaseNode | TaskNode): Status =>
  node.document.type === 'task' ? (node.document.status ?? 'awaiting') : node.progress.status;
