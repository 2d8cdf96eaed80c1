/** The limiter of one process: the moments of the allowed takes, per key. */
import { Clock, Effect } from 'effect';
import { assertLimit, type LimiterShape, type Taken } from './limiter.ts';

export interface MemoryLimiterLimits {
  readonly keys: number;
  /** Remembered takes of all keys. */
  readonly takes: number;
}

/** Some 10 MB. When there are more, the key that was asked longest ago is forgotten, and starts afresh. */
export const MEMORY_LIMITER_LIMITS: MemoryLimiterLimits = { keys: 10_000, takes: 1_000_000 };

export interface MemoryLimiter extends LimiterShape {
  /** Gives an allowed take back: somebody else refused it. */
  readonly giveBack: (key: string) => void;
}

export const makeMemoryLimiter = (limits: MemoryLimiterLimits = MEMORY_LIMITER_LIMITS): MemoryLimiter => {
  /** Keys in the order of their last use; moments in ascending order. */
  const takes = new Map<string, number[]>();
  let total = 0;

  const forget = (key: string): void => {
    total -= takes.get(key)?.length ?? 0;
    takes.delete(key);
  };

  const take = (key: string, limit: number, windowMs: number, now: number): Taken => {
    const known = takes.get(key) ?? [];
    const firstIn = known.findIndex((at) => at > now - windowMs);
    const recent = firstIn === 0 ? known : firstIn === -1 ? [] : known.slice(firstIn);
    forget(key);
    takes.set(key, recent);
    total += recent.length;
    const oldest = recent[recent.length - limit];
    if (oldest !== undefined) return { allowed: false, retryAfterMs: Math.max(1, oldest + windowMs - now) };
    // A clock that was set back must not break the order.
    recent.push(Math.max(now, recent.at(-1) ?? now));
    total++;
    for (const stalest of takes.keys()) {
      if ((takes.size <= limits.keys && total <= limits.takes) || stalest === key) break;
      forget(stalest);
    }
    return { allowed: true, remaining: limit - recent.length };
  };

  return {
    take: (key, limit, windowMs) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        assertLimit(limit, windowMs);
        return take(key, limit, windowMs, now);
      }),
    giveBack: (key) => {
      if (takes.get(key)?.pop() !== undefined) total--;
    },
  };
};
