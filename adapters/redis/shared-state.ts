/**
 * What replicas share for speed: cache, limits and fan-out, in Redis or in this process. Losing Redis at any moment
 * costs speed and nothing else (design 5).
 */
import { Context, Effect, Layer, type Redacted } from 'effect';
import { Cache } from './cache.ts';
import { Fanout } from './fanout.ts';
import { Limiter } from './limiter.ts';
import { type LinkLog, makeLink, type RedisStatus } from './link.ts';
import { makeMemoryCache } from './memory-cache.ts';
import { makeMemoryFanout } from './memory-fanout.ts';
import { makeMemoryLimiter } from './memory-limiter.ts';
import { makeRedisCache } from './redis-cache.ts';
import { makeRedisFanout } from './redis-fanout.ts';
import { makeRedisLimiter } from './redis-limiter.ts';

export { Cache, type CacheShape } from './cache.ts';
export { Fanout, FanoutRefused, type FanoutShape, type Listener, type Unsubscribe } from './fanout.ts';
export { Limiter, type LimiterShape, type Taken } from './limiter.ts';
export type { LinkLog, RedisStatus } from './link.ts';

/** For `/health`: never an error, never required. */
export class SharedStateStatus extends Context.Service<
  SharedStateStatus,
  { readonly read: () => RedisStatus }
>()('treejar/adapters/redis/SharedStateStatus') {}

export interface SharedStateOptions {
  /** `REDIS_URL`; `null`: in-process. Holds the password. */
  readonly url: Redacted.Redacted | null;
  readonly log: LinkLog;
  /** Of every key and channel; replicas of one shop use the same. Default `treejar:`. */
  readonly prefix?: string;
  /** Ms since the epoch. */
  readonly now?: () => number;
  /** The most that an operation waits for Redis, ms. Default 50. */
  readonly operationMs?: number;
}

export type SharedState = Cache | Limiter | Fanout | SharedStateStatus;

/** Builds at once, also when Redis is away: it is used as soon as it answers. */
export const sharedStateLayer = (options: SharedStateOptions): Layer.Layer<SharedState> =>
  options.url === null ? inProcess(options) : inRedis(options, options.url);

const inProcess = ({ log, now = Date.now }: SharedStateOptions): Layer.Layer<SharedState> =>
  Layer.suspend(() => {
    const status = { state: 'up', since: now(), outages: 0, skipped: 0, lastError: null } as const;
    return Layer.mergeAll(
      Layer.succeed(Cache, makeMemoryCache()),
      Layer.succeed(Limiter, makeMemoryLimiter()),
      Layer.succeed(Fanout, makeMemoryFanout(log)),
      Layer.succeed(SharedStateStatus, { read: () => ({ mode: 'in-process', ...status }) }),
    );
  });

const inRedis = (options: SharedStateOptions, url: Redacted.Redacted): Layer.Layer<SharedState> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const { log, now, operationMs, prefix = 'treejar:' } = options;
      const more = { ...(now ? { now } : {}), ...(operationMs === undefined ? {} : { operationMs }) };
      const link = yield* Effect.acquireRelease(
        Effect.sync(() => makeLink({ url, log, ...more })),
        (opened) => Effect.sync(opened.close),
      );
      return Context.make(Cache, makeRedisCache(link, prefix)).pipe(
        Context.add(Limiter, makeRedisLimiter(link, prefix)),
        Context.add(Fanout, makeRedisFanout(link, prefix, log)),
        Context.add(SharedStateStatus, { read: link.status }),
      );
    }),
  );
