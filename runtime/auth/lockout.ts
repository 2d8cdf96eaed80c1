/**
 * Five failed sign-ins lock an account, and an address, for 15 minutes (design 9). Counted in the database, so that the
 * limit holds across replicas; keys are keyed hashes.
 */
import type { Pool } from 'pg';
import type { Clock } from '../engine/types.ts';

export const MAX_FAILURES = 5;
export const LOCK_MS = 15 * 60_000;

export interface Lockout {
  /** Ms until the latest lock of any key ends; 0 when none is locked. */
  readonly lockedForMs: (keys: readonly string[]) => Promise<number>;
  readonly failed: (keys: readonly string[]) => Promise<void>;
  readonly succeeded: (keys: readonly string[]) => Promise<void>;
  /** Drops what no longer matters. */
  readonly sweep: () => Promise<void>;
}

const FAILED_SQL = `
insert into login_failure as f (key, failures, window_ends, locked_until)
select key, 1, to_timestamp($2 / 1000.0), null from unnest($1::text[]) as t(key) order by key
on conflict (key) do update set
  failures = case when f.window_ends <= to_timestamp($3 / 1000.0) then 1 else f.failures + 1 end,
  window_ends = to_timestamp($2 / 1000.0),
  locked_until = case
    when f.window_ends > to_timestamp($3 / 1000.0) and f.failures + 1 >= ${MAX_FAILURES} then to_timestamp($2 / 1000.0)
    else null end`;

export const makeLockout = (pool: Pool, clock: Clock): Lockout => ({
  lockedForMs: async (keys) => {
    const { rows } = await pool.query<{ until: string | null }>(
      'select (extract(epoch from max(locked_until)) * 1000)::bigint as until from login_failure where key = any($1)',
      [keys],
    );
    return Math.max(0, Number(rows[0]?.until ?? 0) - clock.now());
  },
  failed: async (keys) => {
    const now = clock.now();
    await pool.query(FAILED_SQL, [keys, now + LOCK_MS, now]);
  },
  succeeded: async (keys) => {
    await pool.query('delete from login_failure where key = any($1)', [keys]);
  },
  sweep: async () => {
    await pool.query('delete from login_failure where window_ends < to_timestamp($1 / 1000.0)', [
      clock.now(),
    ]);
  },
});
