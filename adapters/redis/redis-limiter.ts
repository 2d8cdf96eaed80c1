/**
 * The limiter in Redis. Each replica also counts its own takes, asks itself first, and goes by itself alone while Redis
 * is away: a Redis that was flushed or lost never lets one replica exceed a limit.
 */
import { randomUUID } from 'node:crypto';
import { Effect } from 'effect';
import type { LimiterShape, Taken } from './limiter.ts';
import type { RedisLink } from './link.ts';
import { makeMemoryLimiter } from './memory-limiter.ts';

/**
 * Counting and adding must be one step. Times are Redis's own, so that the replicas' clocks do not matter; microseconds,
 * for several takes in one millisecond. Answers 1 and how many are left, or 0 and the microseconds to wait.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2]) * 1000
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local count = redis.call('ZCARD', KEYS[1])
if count < limit then
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return { 1, limit - count - 1 }
end
local freeing = redis.call('ZRANGE', KEYS[1], count - limit, count - limit, 'WITHSCORES')
return { 0, freeing[2] + window - now }`;

export const makeRedisLimiter = (link: RedisLink, prefix: string): LimiterShape => {
  const own = makeMemoryLimiter();
  const replica = randomUUID();
  let takes = 0;

  const shared = (key: string, limit: number, windowMs: number) =>
    link.run(async (client): Promise<Taken | null> => {
      const member = `${replica}:${takes++}`;
      const answer = await client.eval(TAKE, 1, `${prefix}limit:${key}`, limit, windowMs, member);
      if (!Array.isArray(answer)) return null;
      const [allowed, rest] = answer.map(Number);
      if (allowed === 1) return { allowed: true, remaining: rest ?? 0 };
      return { allowed: false, retryAfterMs: Math.max(1, Math.ceil((rest ?? 0) / 1000)) };
    });

  return {
    take: Effect.fnUntraced(function* (key, limit, windowMs) {
      const mine = yield* own.take(key, limit, windowMs);
      if (!mine.allowed) return mine;
      const ours = yield* shared(key, limit, windowMs).pipe(
        Effect.catchTag('RedisAway', () => Effect.succeed(null)),
      );
      if (ours === null) return mine;
      if (!ours.allowed) own.giveBack(key);
      return ours;
    }),
  };
};
