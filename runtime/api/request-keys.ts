/** Idempotency keys of clients: a repeated request with the same key is answered and has no second effect (contract 3). */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '../engine/types.ts';

/** A key is remembered this long; a repeat after it is a new request. */
export const KEY_TTL_MS = 24 * 3_600_000;

export interface RequestKeys {
  /** Whether the request was done before. */
  readonly done: (key: string) => Promise<boolean>;
  readonly remember: (key: string) => Promise<void>;
  readonly sweep: () => Promise<void>;
}

/** The stored form of a client's key; scoped by who asked and what for. */
export const requestKey = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

export const makeRequestKeys = (pool: Pool, clock: Clock): RequestKeys => ({
  done: async (key) => {
    const { rows } = await pool.query(
      'select 1 from request_key where key = $1 and created_at > to_timestamp($2 / 1000.0)',
      [key, clock.now() - KEY_TTL_MS],
    );
    return rows.length > 0;
  },
  remember: async (key) => {
    await pool.query(
      `insert into request_key (key, created_at) values ($1, to_timestamp($2 / 1000.0))
       on conflict (key) do update set created_at = excluded.created_at`,
      [key, clock.now()],
    );
  },
  sweep: async () => {
    await pool.query('delete from request_key where created_at < to_timestamp($1 / 1000.0)', [
      clock.now() - KEY_TTL_MS,
    ]);
  },
});
