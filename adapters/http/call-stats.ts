/** Counts and times the calls to one vendor: totals for Prometheus, the newest calls for a person. */

/**
 * How a call failed. The first three are the vendor's or the network's and open the circuit; the others are answers:
 * the vendor lives, but our key or our pace is wrong.
 */
export type FailureClass = 'unreachable' | 'timeout' | 'server' | 'refused' | 'rate_limited';

/** Upper bounds of the histogram's buckets, ms; one more bucket holds what is slower. */
export const LATENCY_BOUNDS_MS = [
  10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 20_000, 30_000, 60_000,
] as const;

/** Calls that the percentiles look at: old weather should not hide today's (G10). */
export const RECENT_CALLS = 256;

export interface CallCounts {
  readonly lastSuccessAt: number | null;
  readonly lastFailure: { readonly class: FailureClass; readonly at: number } | null;
  /** Calls that ended, cancelled ones and those the circuit refused not counted. */
  readonly calls: number;
  readonly failures: number;
  /** Calls that the open circuit answered. */
  readonly refusals: number;
  /** Durations of the newest calls, ms, in no order. */
  readonly recentMs: readonly number[];
  /** One more than {@link LATENCY_BOUNDS_MS}; not cumulative. */
  readonly buckets: readonly number[];
  readonly sumMs: number;
}

export interface CallStats {
  /** `durationMs` null: the call's length says nothing of the vendor's speed. */
  readonly ended: (at: number, durationMs: number | null, failure: FailureClass | null) => void;
  readonly refused: () => void;
  readonly read: () => CallCounts;
}

export const makeCallStats = (): CallStats => {
  const buckets = new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0);
  const recentMs: number[] = [];
  let lastSuccessAt: number | null = null;
  let lastFailure: CallCounts['lastFailure'] = null;
  let calls = 0;
  let timed = 0;
  let failures = 0;
  let refusals = 0;
  let sumMs = 0;

  const time = (durationMs: number): void => {
    recentMs[timed % RECENT_CALLS] = durationMs;
    timed++;
    sumMs += durationMs;
    const slot = LATENCY_BOUNDS_MS.findIndex((bound) => durationMs <= bound);
    const bucket = slot === -1 ? LATENCY_BOUNDS_MS.length : slot;
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  };

  const ended: CallStats['ended'] = (at, durationMs, failure) => {
    calls++;
    if (durationMs !== null) time(durationMs);
    if (failure === null) {
      lastSuccessAt = at;
      return;
    }
    failures++;
    lastFailure = { class: failure, at };
  };

  return {
    ended,
    refused: () => void refusals++,
    read: () => ({
      lastSuccessAt,
      lastFailure,
      calls,
      failures,
      refusals,
      recentMs: [...recentMs],
      buckets: [...buckets],
      sumMs,
    }),
  };
};

/** The smallest value that at least this share of the values does not exceed; `null` of none. */
export const percentile = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
};
