/**
 * Keeps our calls under a vendor's "N in T", wherever the vendor's own window begins, and for all replicas together when
 * the limiter is a shared one. Calls go in the order they came; who would wait too long is refused (G10).
 */
import { Clock, Effect, Semaphore } from 'effect';
import type { LimiterShape } from '../redis/limiter.ts';

export interface PaceLimit {
  /** Names the limit among all replicas. */
  readonly key: string;
  readonly requests: number;
  readonly windowMs: number;
  /** A call that would wait longer is refused instead. */
  readonly maxWaitMs: number;
}

/** Ends when the call may go; fails with when to come back, in ms, when it would wait too long. */
export type Pace = Effect.Effect<void, number>;

/** No limit: for doubles, and vendors without one. */
export const unpaced: Pace = Effect.void;

/** No reservation lies further ahead, ms: commands wait no longer between two tries either. */
const MAX_AHEAD_MS = 600_000;

/**
 * When those who are refused should come back: one after the other at the vendor's own pace, in the order they came. Told
 * the same moment, a thousand would come together, and all but a windowful be refused again.
 */
const makeReservations = ({ requests, windowMs }: PaceLimit) => {
  const gapMs = windowMs / requests;
  let next = 0;
  return (now: number, waitMs: number): number => {
    const place = Math.min(Math.max(next, now + waitMs), now + MAX_AHEAD_MS);
    next = place + gapMs;
    return Math.ceil(place - now);
  };
};

/** Only the first in the queue asks the limiter, so that many who wait cost no more than one. */
export const makePace = (limiter: LimiterShape, limit: PaceLimit): Pace => {
  const { key, requests, windowMs, maxWaitMs } = limit;
  const queue = Semaphore.makeUnsafe(1);
  const reserve = makeReservations(limit);
  const takeBefore = Effect.fnUntraced(function* (until: number) {
    for (;;) {
      const taken = yield* limiter.take(key, requests, windowMs);
      if (taken.allowed) return;
      const now = yield* Clock.currentTimeMillis;
      if (now + taken.retryAfterMs > until) return yield* Effect.fail(taken.retryAfterMs);
      yield* Effect.sleep(taken.retryAfterMs);
    }
  });
  return Effect.flatMap(Clock.currentTimeMillis, (now) =>
    takeBefore(now + maxWaitMs).pipe(
      queue.withPermits(1),
      // The queue itself is the wait then.
      Effect.timeoutOrElse({ duration: maxWaitMs + 1, orElse: () => Effect.fail(windowMs) }),
      Effect.catch((waitMs) =>
        Effect.flatMap(Clock.currentTimeMillis, (at) => Effect.fail(reserve(at, waitMs))),
      ),
    ),
  );
};

/** Both, the narrower one first: work in the background takes from its own share before it takes from the whole. */
export const both = (narrow: Pace, whole: Pace): Pace => Effect.andThen(narrow, whole);
