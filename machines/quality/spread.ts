/** Repeated readings of one dialogue (domain 6.15): the median stands, and how far they lay apart goes with it. */

export interface Spread {
  readonly readings: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The reading in the middle by total, a real one with its own marks and quotes; of an even number the lower one. The
 * order of equal totals is that of the readings. Throws without readings: a score of nothing is a bug of the caller.
 */
export const medianReading = <Reading>(
  readings: readonly Reading[],
  totalOf: (reading: Reading) => number,
): { readonly median: Reading; readonly spread: Spread } => {
  const sorted = [...readings].sort((a, b) => totalOf(a) - totalOf(b));
  const median = sorted[Math.ceil(sorted.length / 2) - 1];
  const [lowest] = sorted;
  const highest = sorted.at(-1);
  if (median === undefined || lowest === undefined || highest === undefined) {
    throw new Error('A median needs at least one reading.');
  }
  return {
    median,
    spread: { readings: sorted.length, lowest: totalOf(lowest), highest: totalOf(highest) },
  };
};

/**
 * Whether two scores differ by more than their own uncertainty (domain 6.15). A single reading shows no spread, which is
 * not the same as certainty: nothing is claimed from it.
 */
export const isFinding = (before: Spread, after: Spread): boolean =>
  before.readings > 1 &&
  after.readings > 1 &&
  (before.highest < after.lowest || after.highest < before.lowest);
