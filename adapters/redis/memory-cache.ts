/** The cache of one process: least recently used out first, bounded in entries and in size (G10). */
import { Clock, Effect } from 'effect';
import { type CacheShape, MAX_VALUE_CHARS, ttlOf } from './cache.ts';

export interface MemoryCacheLimits {
  readonly entries: number;
  /** UTF-16 units of all keys and values. */
  readonly chars: number;
}

/** At most about 64 MB. */
export const MEMORY_CACHE_LIMITS: MemoryCacheLimits = { entries: 10_000, chars: 32 * 1024 * 1024 };

interface Entry {
  readonly value: string;
  readonly until: number;
}

export const makeMemoryCache = (limits: MemoryCacheLimits = MEMORY_CACHE_LIMITS): CacheShape => {
  /** In the order of their last use. */
  const entries = new Map<string, Entry>();
  let chars = 0;

  const drop = (key: string): void => {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    chars -= key.length + entry.value.length;
  };
  const keep = (key: string, entry: Entry): void => {
    drop(key);
    entries.set(key, entry);
    chars += key.length + entry.value.length;
    for (const oldest of entries.keys()) {
      if (entries.size <= limits.entries && chars <= limits.chars) return;
      drop(oldest);
    }
  };

  return {
    get: (key) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const entry = entries.get(key);
        if (!entry) return null;
        if (entry.until <= now) {
          drop(key);
          return null;
        }
        entries.delete(key);
        entries.set(key, entry);
        return entry.value;
      }),
    set: (key, value, ttlMs) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const ttl = ttlOf(ttlMs);
        if (ttl === 0 || value.length > MAX_VALUE_CHARS) drop(key);
        else keep(key, { value, until: now + ttl });
      }),
    delete: (key) => Effect.sync(() => drop(key)),
  };
};
