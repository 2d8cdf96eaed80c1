/** How many touches may go out in an hour and in a day, over all replicas (domain 17.10, 18.1). */
import type pg from 'pg';

export interface Allowance {
  /** What is counted: `follow_up`, `payment`. */
  readonly name: string;
  readonly perHour: number;
  /** Null: only the hour counts. */
  readonly perDay: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One of the allowance is taken, or not: a single row is the counter, whoever asks. */
const TAKE_SQL = `insert into outreach_allowance as a (scope, used, at) values ($1, 1, $2)
  on conflict (scope) do update set used = a.used + 1, at = excluded.at where a.used < $3
  returning used`;
const PURGE_SQL = 'delete from outreach_allowance where at < $1';

/** Counters are needed while their day lasts. */
const KEPT_MS = 2 * DAY_MS;

export type Taken = 'taken' | { readonly until: number; readonly what: 'run_allowance' | 'day_allowance' };

/** Takes one of each counter within the caller's transaction; whoever gets `until` has to roll back. */
export const takeAllowance = async (
  client: Pick<pg.PoolClient, 'query'>,
  { name, perHour, perDay }: Allowance,
  now: number,
): Promise<Taken> => {
  const hour = Math.floor(now / HOUR_MS);
  const day = Math.floor(now / DAY_MS);
  if (!(await take(client, `${name}:hour:${hour}`, perHour, now))) {
    return { until: (hour + 1) * HOUR_MS, what: 'run_allowance' };
  }
  if (perDay !== null && !(await take(client, `${name}:day:${day}`, perDay, now))) {
    return { until: (day + 1) * DAY_MS, what: 'day_allowance' };
  }
  return 'taken';
};

const take = async (
  client: Pick<pg.PoolClient, 'query'>,
  scope: string,
  limit: number,
  now: number,
): Promise<boolean> => {
  if (limit < 1) return false;
  return (await client.query(TAKE_SQL, [scope, now, limit])).rows.length > 0;
};

/** Forgets counters of days that are over. */
export const purgeAllowances = async (pool: Pick<pg.Pool, 'query'>, now: number): Promise<void> => {
  await pool.query(PURGE_SQL, [now - KEPT_MS]);
};
