/** Durations as counts in buckets 2 % wide: they add up over days and still give percentiles to within 1 %. Pure. */

export interface Histogram {
  n: number;
  /** Exact, ms. */
  sum: number;
  /** By bucket number. */
  buckets: Record<string, number>;
}

const WIDTH = Math.log(1.02);

export const emptyHistogram = (): Histogram => ({ n: 0, sum: 0, buckets: {} });

/** `ms` below one counts as one. */
export const observe = (histogram: Histogram, ms: number): void => {
  const bucket = String(Math.round(Math.log(Math.max(1, ms)) / WIDTH));
  histogram.n += 1;
  histogram.sum += ms;
  histogram.buckets[bucket] = (histogram.buckets[bucket] ?? 0) + 1;
};

/** Ms; null: nothing was observed. `q` in (0, 1]: the smallest value that so large a part does not exceed. */
export const quantile = ({ n, buckets }: Histogram, q: number): number | null => {
  if (n === 0) return null;
  const rank = Math.ceil(q * n);
  let seen = 0;
  for (const bucket of Object.keys(buckets)
    .map(Number)
    .sort((a, b) => a - b)) {
    seen += buckets[String(bucket)] ?? 0;
    if (seen >= rank) return Math.round(Math.exp(bucket * WIDTH));
  }
  return null;
};

/** Ms; null: nothing was observed. */
export const meanOf = ({ n, sum }: Histogram): number | null => (n === 0 ? null : Math.round(sum / n));
