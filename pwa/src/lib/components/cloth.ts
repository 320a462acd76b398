/**
 * The cloth of a process, as numbers to draw.
 *
 * A column (warp) is an objective, a row (weft) a kind of partner. Where the weft lies over the warp that kind took part, under it
 * did not; what has not begun yet is loose thread. So a partner who is missing is a hole one sees at once.
 */
import type { PartnerKind, Thread } from '../model/process';

export const kinds = ['gov', 'cit', 'com'] as const;
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Weave {
  looseWarp: { x: number }[];
  looseWeft: { y: number; x1: number; x2: number; kind: PartnerKind }[];
  weft: (Box & { kind: PartnerKind })[];
  warp: Box[];
  over: (Box & { kind: PartnerKind })[];
  /** Width of the seam that parts crossing threads, and of a loose thread. */
  seam: number;
  thread: number;
}

const share = 0.62; // of its lane that a thread fills
const fewest = 4; // columns: a cloth of one objective would be a flag

/** The last threads that were begun and the next one to come: what the small swatch shows. */
export function swatch(threads: readonly Thread[]): Thread[] {
  const end = lastBegun(threads) + 1;
  return threads.slice(Math.max(0, end - 5), end + 1);
}

/** Which kinds took part nowhere although work has begun: the holes worth a sentence. */
export function missing(threads: readonly Thread[]): PartnerKind[] {
  const begun = threads.filter((thread) => thread.begun);
  if (begun.length === 0) return [];
  return kinds.filter((kind) => !begun.some((thread) => thread.took.includes(kind)));
}

function lastBegun(threads: readonly Thread[]): number {
  return threads.findLastIndex((thread) => thread.begun);
}

/** Lays the threads into a field of `width` × `height` units. */
export function weave(threads: readonly Thread[], width: number, height: number): Weave {
  const columns = Math.max(fewest, threads.length);
  const woven = lastBegun(threads) + 1;
  const lane = width / columns;
  const row = height / kinds.length;
  const seam = height > 90 ? 1.35 : 0.9;
  const warpWidth = lane * share;
  const weftHeight = row * share;
  const warpX = (column: number) => column * lane + (lane - warpWidth) / 2;
  const weftY = (index: number) => index * row + (row - weftHeight) / 2;
  const end = woven === columns ? width : Math.max(0, woven * lane - lane * 0.095);

  const strands = [-0.3, 0, 0.3];
  const looseWarp = range(woven, columns).flatMap((column) =>
    strands.map((part) => ({ x: (column + 0.5) * lane + part * warpWidth })),
  );
  const looseWeft =
    woven === columns
      ? []
      : kinds.flatMap((kind, index) =>
          strands.map((part) => ({
            kind,
            y: (index + 0.5) * row + part * weftHeight,
            x1: end,
            x2: width - (kind === 'cit' ? 0.011 * width : 0) - (part === 0 ? 0 : 0.02 * width),
          })),
        );
  const reach = seam + 0.6;
  return {
    looseWarp,
    looseWeft,
    weft:
      end > 0
        ? kinds.map((kind, index) => ({ kind, x: 0, y: weftY(index), width: end, height: weftHeight }))
        : [],
    warp: range(0, woven).map((column) => ({ x: warpX(column), y: 0, width: warpWidth, height })),
    over: range(0, woven).flatMap((column) =>
      kinds.flatMap((kind, index) =>
        threads[column]?.took.includes(kind)
          ? [
              {
                kind,
                x: warpX(column) - reach,
                y: weftY(index),
                width: warpWidth + 2 * reach,
                height: weftHeight,
              },
            ]
          : [],
      ),
    ),
    seam,
    thread: height > 90 ? 1.7 : 1.1,
  };
}

/** One outline for many boxes, each `wider` and `higher` by so much at either side: a long process has hundreds of crossings. */
export const outline = (boxes: readonly Box[], wider = 0, higher = 0) =>
  boxes
    .map(({ x, y, width, height }) => {
      const across = width + 2 * wider;
      return `M${x - wider} ${y - higher}h${across}v${height + 2 * higher}h${-across}z`;
    })
    .join('');

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
}
