/**
 * Rate limits that hold in every window, wherever it begins: a take is allowed when fewer than `limit` were allowed in
 * the `windowMs` before it. A bucket would let almost twice as many through at a window's edge.
 */
import { Context, type Effect } from 'effect';

export type Taken =
  | { readonly allowed: true; readonly remaining: number }
  | { readonly allowed: false; readonly retryAfterMs: number };

export interface LimiterShape {
  /**
   * Takes one of `limit` per `windowMs`; a refused take costs nothing. Throws a RangeError on a limit outside
   * {@link MAX_LIMIT} or a window outside {@link MAX_WINDOW_MS}. Use the same limit and window for a key everywhere.
   */
  readonly take: (key: string, limit: number, windowMs: number) => Effect.Effect<Taken>;
}

/** Across replicas when Redis is there; each replica its own otherwise. */
export class Limiter extends Context.Service<Limiter, LimiterShape>()('treejar/adapters/redis/Limiter') {}

/** Each allowed take is remembered for its window (G10). */
export const MAX_LIMIT = 10_000;
export const MAX_WINDOW_MS = 24 * 60 * 60 * 1000;

/** Stops a limit that no store could keep: a mistake in the program. */
export const assertLimit = (limit: number, windowMs: number): void => {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new RangeError(`a limit is a whole number from 1 to ${MAX_LIMIT}, not ${limit}`);
  }
  if (!Number.isInteger(windowMs) || windowMs < 1 || windowMs > MAX_WINDOW_MS) {
    throw new RangeError(`a window is 1 to ${MAX_WINDOW_MS} whole milliseconds, not ${windowMs}`);
  }
};
