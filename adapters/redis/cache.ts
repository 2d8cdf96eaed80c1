/**
 * A cache: what it holds may be gone at any moment, and is never older than its time to live. Nothing that must be
 * exact belongs here. No operation fails: without the store every read is a miss.
 */
import { Context, type Effect } from 'effect';

export interface CacheShape {
  /** `null`: not there, too old, or the store does not answer. */
  readonly get: (key: string) => Effect.Effect<string | null>;
  /** Keeps the value for at most `ttlMs`. Larger values than {@link MAX_VALUE_CHARS} are not kept. */
  readonly set: (key: string, value: string, ttlMs: number) => Effect.Effect<void>;
  /** Makes the next read a miss; when the store is away, as soon as it is back. */
  readonly delete: (key: string) => Effect.Effect<void>;
}

/** Shared by all replicas when Redis is there, this process's own otherwise. */
export class Cache extends Context.Service<Cache, CacheShape>()('treejar/adapters/redis/Cache') {}

/** UTF-16 units (G10). */
export const MAX_VALUE_CHARS = 256 * 1024;
/** A day: what should live longer belongs into the database. */
export const MAX_TTL_MS = 24 * 60 * 60 * 1000;

/** Whole milliseconds that a store takes. */
export const ttlOf = (ttlMs: number): number => Math.min(Math.max(Math.floor(ttlMs), 0), MAX_TTL_MS);
