/** The way of one conversation through a region's picture, from its journal. Pure. */
import { leafIn, takenArrows } from '../../machines/statechart/taken-arrows.ts';
import type { ChartRegion, Journal } from '../api/types.ts';

/** Only the newest moves are numbered: more numbers than these tell nothing. */
export const MAX_NUMBERED = 24;

type Step = Pick<Journal, 'seq' | 'from' | 'to' | 'event'>;

export interface Move {
  readonly seq: number;
  /** Indices of the region's arrows, in the order taken. */
  readonly arrows: readonly number[];
  readonly from: string | null;
  readonly to: string | null;
}

const known = new WeakMap<ChartRegion, Map<string, readonly number[]>>();

const arrowsOf = (region: ChartRegion, from: string, to: string, event: string): readonly number[] => {
  const ways = known.get(region) ?? new Map<string, readonly number[]>();
  known.set(region, ways);
  const key = `${from}>${to}>${event}`;
  const way = ways.get(key) ?? takenArrows(region, from, to, event);
  ways.set(key, way);
  return way;
};

/** What a row did in the region; null: it left the region alone. */
export const moveOf = (region: ChartRegion, row: Step): Move | null => {
  const from = leafIn(row.from, region.path);
  const to = leafIn(row.to, region.path);
  if (from === to || to === null) return null;
  const arrows = from === null ? [] : arrowsOf(region, from, to, row.event.type);
  return { seq: row.seq, arrows, from, to };
};

export interface Trail {
  /** The newest moves, oldest first. */
  readonly moves: readonly Move[];
  /** By arrow: the numbers of the moves along it, beginning with 1 for the oldest of those numbered. */
  readonly numbers: ReadonlyMap<number, readonly number[]>;
  readonly last: Move | null;
}

export const trailOf = (region: ChartRegion, rows: readonly Step[]): Trail => {
  const moves: Move[] = [];
  for (let index = rows.length - 1; index >= 0 && moves.length < MAX_NUMBERED; index -= 1) {
    const row = rows[index];
    const move = row === undefined ? null : moveOf(region, row);
    if (move !== null) moves.unshift(move);
  }
  const numbers = new Map<number, number[]>();
  for (const [index, { arrows }] of moves.entries()) {
    for (const arrow of arrows) numbers.set(arrow, [...(numbers.get(arrow) ?? []), index + 1]);
  }
  return { moves, numbers, last: moves.at(-1) ?? null };
};

/** The newest row that moved any region: where the eye should go. */
export const latestRegion = (regions: readonly ChartRegion[], rows: readonly Step[]): string | null => {
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row === undefined) continue;
    const moved = regions.find((region) => moveOf(region, row) !== null);
    if (moved !== undefined) return moved.path;
  }
  return null;
};

/** Rows that entered, left or went along; what a hover over the picture lights in the timeline. */
export const rowsThrough = (
  region: ChartRegion,
  rows: readonly Step[],
  part: { readonly arrow: number } | { readonly state: string },
): ReadonlySet<number> => {
  const touches = (move: Move): boolean => {
    if ('arrow' in part) return move.arrows.includes(part.arrow);
    const inside = (path: string | null): boolean =>
      path === part.state || path?.startsWith(`${part.state}.`) === true;
    return inside(move.from) !== inside(move.to) || move.to === part.state;
  };
  return new Set(
    rows.flatMap((row) => {
      const move = moveOf(region, row);
      return move !== null && touches(move) ? [move.seq] : [];
    }),
  );
};

/** `xstate.after.debounce.conversation.turn.working` belongs to the state `turn.working`. */
export const stateOfTimer = (id: string): string => id.split('.').slice(4).join('.');
