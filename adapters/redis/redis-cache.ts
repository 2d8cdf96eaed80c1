/**
 * The cache in Redis. While Redis is away every read is a miss: a copy of our own would go stale without the other
 * replicas' deletions. Deletions that did not reach Redis are made up for, and the keys are not read before that.
 */
import { Effect } from 'effect';
import { type CacheShape, MAX_VALUE_CHARS, ttlOf } from './cache.ts';
import type { RedisLink } from './link.ts';

/** Deletions owed to Redis (G10); beyond it values live on until their own end. */
export const MAX_OWED = 10_000;
const PAY_BATCH = 500;

export const makeRedisCache = (link: RedisLink, prefix: string): CacheShape => {
  const owed = new Set<string>();
  const nameOf = (key: string) => `${prefix}cache:${key}`;
  let paying = false;

  const owe = (key: string): void => {
    if (owed.size < MAX_OWED) owed.add(key);
  };
  const remove = (keys: readonly string[]) =>
    link.run((client) => client.unlink(...keys.map(nameOf))).pipe(Effect.asVoid);

  /** Some at a time, so that each operation stays short. */
  const pay = async (): Promise<void> => {
    if (paying) return;
    paying = true;
    for (let keys = [...owed].slice(0, PAY_BATCH); keys.length > 0; keys = [...owed].slice(0, PAY_BATCH)) {
      const done = await Effect.runPromiseExit(remove(keys));
      if (done._tag === 'Failure') break;
      for (const key of keys) owed.delete(key);
    }
    paying = false;
  };
  link.onAlive(() => void pay());

  return {
    get: (key) =>
      owed.has(key)
        ? Effect.succeed(null)
        : link
            .run((client) => client.get(nameOf(key)))
            .pipe(
              // It may have been deleted while the answer was on its way.
              Effect.map((value) => (owed.has(key) ? null : value)),
              Effect.catchTag('RedisAway', () => Effect.succeed(null)),
            ),
    set: (key, value, ttlMs) =>
      Effect.suspend(() => {
        const ttl = ttlOf(ttlMs);
        if (ttl === 0 || value.length > MAX_VALUE_CHARS) return forget(key);
        // Written before the owed deletion, the value would be lost with it; kept old, it would be wrong.
        if (owed.has(key)) return Effect.void;
        return link
          .run((client) => client.set(nameOf(key), value, 'PX', ttl))
          .pipe(
            Effect.catchTag('RedisAway', () => Effect.sync(() => owe(key))),
            Effect.asVoid,
          );
      }),
    delete: (key) => forget(key),
  };

  function forget(key: string): Effect.Effect<void> {
    return remove([key]).pipe(Effect.catchTag('RedisAway', () => Effect.sync(() => owe(key))));
  }
};
