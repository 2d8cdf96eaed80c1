/** Counts the steps of conversations for the heat map. Pure: journal rows in, sums out. */
import { leafIn } from '../../machines/statechart/taken-arrows.ts';

/** A stay that lasted so long and was ended by a timer was silence, ms. */
export const SILENCE_FROM_MS = 10 * 60_000;

export interface HeatRow {
  readonly seq: number;
  /** Ms since the epoch. */
  readonly at: number;
  readonly event: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** By region: the leaf state, and since when. */
export type Stays = Readonly<Record<string, readonly [state: string, since: number]>>;

export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  readonly at: number;
}

export interface Stayed {
  readonly state: string;
  /** Of its end. */
  readonly at: number;
  readonly bucket: number;
  readonly silent: boolean;
}

export interface Counted {
  readonly stays: Stays;
  readonly moved: readonly Moved[];
  readonly stayed: readonly Stayed[];
}

/** Half octaves: a median taken from them is right within 20 %. */
export const bucketOf = (ms: number): number => (ms < 1 ? 0 : Math.min(80, Math.floor(2 * Math.log2(ms))));

const regionOf = (path: string): string => path.split('.')[0] ?? path;

/** `rows` follow `before` without a hole. A step that leaves a region in its state ends no stay. */
export const countSteps = (before: Stays, rows: readonly HeatRow[]): Counted => {
  const stays: Record<string, readonly [string, number]> = { ...before };
  const moved: Moved[] = [];
  const stayed: Stayed[] = [];
  for (const row of rows) {
    for (const to of row.to) {
      const region = regionOf(to);
      const from = leafIn(row.from, region);
      if (from === to && stays[region] !== undefined) continue;
      const stay = stays[region];
      if (from !== null && from !== to) {
        moved.push({ from, to, event: row.event, at: row.at });
        if (stay !== undefined && stay[0] === from) stayed.push(stayOf(stay, row));
      }
      stays[region] = [to, row.at];
    }
  }
  return { stays, moved, stayed };
};

const stayOf = ([state, since]: readonly [string, number], { at, event }: HeatRow): Stayed => {
  const ms = Math.max(0, at - since);
  const silent = ms >= SILENCE_FROM_MS && event.startsWith('xstate.after.');
  return { state, at, bucket: bucketOf(ms), silent };
};

/** Ms, from how many stays each bucket holds; within a bucket they are taken as evenly spread. Null: no stays. */
export const medianOf = (
  buckets: readonly { readonly bucket: number; readonly stays: number }[],
): number | null => {
  const sorted = [...buckets].sort((left, right) => left.bucket - right.bucket);
  const half = sorted.reduce((sum, { stays }) => sum + stays, 0) / 2;
  let below = 0;
  for (const { bucket, stays } of sorted) {
    if (below + stays >= half && stays > 0) {
      return Math.round(2 ** ((bucket + (half - below) / stays) / 2));
    }
    below += stays;
  }
  return null;
};
