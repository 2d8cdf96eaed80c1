/**
 * Stays under a vendor's "N requests in T" whatever the vendor's own window starts at: a request waits until the one N
 * before it is T old. A bucket or a fixed window would let almost twice as many through at a window's edge.
 */
import { Clock, Effect } from 'effect';

export interface SlidingLimit {
  readonly requests: number;
  readonly windowMs: number;
  /** A request that would wait longer is refused instead (G10). */
  readonly maxWaitMs: number;
}

/** Reserves a place: ends when the request may go, fails with the time to wait, ms, when that is too long. */
export type Reserve = Effect.Effect<void, number>;

export const makeSlidingLimit = (limit: SlidingLimit): Reserve => {
  const sentAt: number[] = [];
  let next = 0;
  return Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis;
    const oldest = sentAt[next];
    const at = oldest === undefined ? now : Math.max(now, oldest + limit.windowMs);
    if (at - now > limit.maxWaitMs) return yield* Effect.fail(at - now);
    sentAt[next] = at;
    next = (next + 1) % limit.requests;
    if (at > now) yield* Effect.sleep(at - now);
  });
};
