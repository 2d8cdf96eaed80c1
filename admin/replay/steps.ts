/** Where a replay can go from a row. Pure. */
import type { Journal } from '../api/types.ts';

type Step = Pick<Journal, 'seq' | 'event' | 'ignored'>;

/** Something failed here, or was stopped by hand. */
export const isTrouble = ({ event }: Pick<Step, 'event'>): boolean =>
  event.type.startsWith('xstate.error.') || event.type === 'engine.paused';

export type Way = 'back' | 'on';

/** The next row in a direction that `fits`; null: there is none. */
export const stepFrom = (
  rows: readonly Step[],
  seq: number,
  way: Way,
  fits: (row: Step) => boolean = () => true,
): number | null => {
  const found =
    way === 'on'
      ? rows.find((row) => row.seq > seq && fits(row))
      : rows.findLast((row) => row.seq < seq && fits(row));
  return found?.seq ?? null;
};

/** The row at a place of the slider, 0 for the first. */
export const seqAt = (rows: readonly Step[], index: number): number =>
  rows[Math.min(rows.length - 1, Math.max(0, Math.round(index)))]?.seq ?? 0;

/** The slider's place of a row. */
export const indexOf = (rows: readonly Step[], seq: number): number =>
  Math.max(
    0,
    rows.findLastIndex((row) => row.seq <= seq),
  );
