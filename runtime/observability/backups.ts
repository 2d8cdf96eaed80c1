/** How old the last good backup is (domain 25.3): for metrics, and for the managers when it is too old. */
import { type Context, Effect } from 'effect';
import type pg from 'pg';
import { Alerts } from '../../actors/conversation/alerts.ts';
import type { Clock } from '../engine/types.ts';

/** A backup a day, and two hours for one that was slow or had to be tried again. */
export const BACKUP_AGE_LIMIT_MS = 26 * 3_600_000;

export interface BackupAge {
  /** Since the last good backup; without any, since the database was born. Ms. */
  readonly ageMs: number;
  readonly name: string | null;
}

/** Reads the newest row that ops/backup/backup.sh left. Rejects with what the driver says. */
export const readBackupAge = async (pool: Pick<pg.Pool, 'query'>, clock: Clock): Promise<BackupAge> => {
  const { rows } = await pool.query<{ name: string | null; since: Date }>(
    `select b.name, coalesce(b.finished_at, (select min(applied_at) from schema_migrations)) as since
     from (select 1) one left join lateral (select name, finished_at from backup_run order by finished_at desc limit 1) b on true`,
  );
  const row = rows[0];
  if (!row) throw new Error('the query for the last backup gave no row');
  return { ageMs: Math.max(0, clock.now() - row.since.getTime()), name: row.name };
};

/** Tells the managers once about each backup that nothing followed for {@link BACKUP_AGE_LIMIT_MS}. */
export const watchBackups =
  (pool: Pick<pg.Pool, 'query'>, clock: Clock, services: Context.Context<Alerts>) =>
  async (): Promise<void> => {
    const { ageMs, name } = await readBackupAge(pool, clock);
    if (ageMs <= BACKUP_AGE_LIMIT_MS) return;
    const what = name === null ? 'No backup was ever made' : `The last good backup is ${name}`;
    const raise = Effect.gen(function* () {
      const alerts = yield* Alerts;
      // The id is the backup's: hours later, or on another replica, it is the same alert.
      yield* alerts.raise(`backup:${name ?? 'never'}`, {
        conversationId: null,
        trigger: null,
        reason: 'There is no fresh backup',
        summary: `${what}: more than 26 hours ago. See docs/runbook.md, TreejarBackupTooOld.`,
      });
    });
    await Effect.runPromise(Effect.provideContext(raise, services));
  };
