/**
 * The timeline of one conversation as data: one flat array by sequence number, one place where duplicates die, so
 * that the order of arrival (HTTP pages, live frames, refetches) cannot change the picture.
 */
import type { Journal } from '../api/types.ts';

/** Rows kept; beyond it the oldest go and come back by "load earlier" (G10). */
export const MAX_TIMELINE_ROWS = 2000;
/** Quiet longer than this is drawn as a gap. */
export const IDLE_GAP_MS = 10 * 60_000;
/** Fewer routine rows than this are shown as they are: a fold must save more than it costs. */
export const FOLD_AT_LEAST = 2;

/** Adds rows; a row already there stays (rows never change), the result is sorted and without duplicates. */
export const mergeRows = (rows: readonly Journal[], incoming: readonly Journal[]): readonly Journal[] => {
  if (incoming.length === 0) return rows;
  const last = rows.at(-1);
  const first = incoming[0];
  if (incoming.length === 1 && first !== undefined && (last === undefined || first.seq > last.seq)) {
    return [...rows, first].slice(-MAX_TIMELINE_ROWS);
  }
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  for (const row of incoming) if (!bySeq.has(row.seq)) bySeq.set(row.seq, row);
  if (bySeq.size === rows.length) return rows;
  return [...bySeq.values()].sort((left, right) => left.seq - right.seq).slice(-MAX_TIMELINE_ROWS);
};

export interface Hole {
  /** The last row before the hole: what `?since=` wants. */
  readonly after: number;
  /** The first row after it. */
  readonly before: number;
}

/** Numbers that are missing between the first and the last row; a journal has none, so each is a lost frame. */
export const findHoles = (rows: readonly Journal[]): readonly Hole[] => {
  const holes: Hole[] = [];
  for (const [index, row] of rows.entries()) {
    const previous = rows[index - 1];
    if (previous !== undefined && row.seq > previous.seq + 1)
      holes.push({ after: previous.seq, before: row.seq });
  }
  return holes;
};

export type TimelineItem =
  | { readonly kind: 'row'; readonly key: string; readonly row: Journal }
  | { readonly kind: 'fold'; readonly key: string; readonly rows: readonly Journal[] }
  | { readonly kind: 'quiet'; readonly key: string; readonly ms: number }
  | { readonly kind: 'day'; readonly key: string; readonly at: string };

export interface LayoutOptions {
  /** Folds that were opened, by their first row's seq. */
  readonly unfolded: ReadonlySet<number>;
  /** Rows that must be seen: the selected one and the expanded ones. */
  readonly keep: ReadonlySet<number>;
  readonly showRoutine: boolean;
  readonly dayOf: (at: string) => string;
}

const flush = (items: TimelineItem[], routine: Journal[], options: LayoutOptions): void => {
  const first = routine[0];
  if (first === undefined) return;
  if (routine.length < FOLD_AT_LEAST || options.unfolded.has(first.seq)) {
    for (const row of routine) items.push({ kind: 'row', key: `r${row.seq}`, row });
  } else items.push({ kind: 'fold', key: `f${first.seq}`, rows: [...routine] });
  routine.length = 0;
};

/** Rows, with routine ones folded (importance 0), long silences and day changes marked. */
export const layoutRows = (rows: readonly Journal[], options: LayoutOptions): readonly TimelineItem[] => {
  const items: TimelineItem[] = [];
  const routine: Journal[] = [];
  let previous: Journal | null = null;
  for (const row of rows) {
    const quiet = previous === null ? 0 : Date.parse(row.at) - Date.parse(previous.at);
    const newDay = previous === null || options.dayOf(previous.at) !== options.dayOf(row.at);
    if (quiet >= IDLE_GAP_MS || newDay) flush(items, routine, options);
    if (quiet >= IDLE_GAP_MS) items.push({ kind: 'quiet', key: `q${row.seq}`, ms: quiet });
    if (newDay) items.push({ kind: 'day', key: `d${row.seq}`, at: row.at });
    if (row.importance === 0 && !options.showRoutine && !options.keep.has(row.seq)) routine.push(row);
    else {
      flush(items, routine, options);
      items.push({ kind: 'row', key: `r${row.seq}`, row });
    }
    previous = row;
  }
  flush(items, routine, options);
  return items;
};

export interface StateMove {
  /** The parallel region that moved: the first part of the path. */
  readonly region: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

const regionOf = (path: string): string => path.split('.')[0] ?? path;

/** What a row changed, by region, without the states it left alone. */
export const movesOf = (row: Pick<Journal, 'from' | 'to'>): readonly StateMove[] => {
  const gone = row.from.filter((path) => !row.to.includes(path));
  const come = row.to.filter((path) => !row.from.includes(path));
  const regions = [...new Set([...gone, ...come].map(regionOf))];
  return regions.map((region) => ({
    region,
    from: gone.filter((path) => regionOf(path) === region),
    to: come.filter((path) => regionOf(path) === region),
  }));
};
