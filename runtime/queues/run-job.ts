/** A person starts a scheduled job now, or what failed again, instead of waiting for the calendar. */
import type { Pool } from 'pg';
import type { PgBoss } from 'pg-boss';

/** Failed jobs that one click puts back (G10). */
export const MAX_RETRIED = 100;

/**
 * `started`: a run was added. `retried`: so many failed ones were put back. `waiting`: a run waits already, none was
 * added. `nothing`: no schedule, and nothing failed. `missing`: no such queue. `away`: this replica runs no jobs.
 */
export type JobStart =
  | { readonly status: 'started' | 'waiting' | 'nothing' | 'missing' | 'away' }
  | { readonly status: 'retried'; readonly count: number };

export interface JobRunner {
  /** A queue with a schedule gets a run; of any other, the newest failed jobs go back to wait. */
  readonly run: (name: string) => Promise<JobStart>;
}

const QUEUE_SQL = `
select (select count(*) from pgboss.schedule s where s.name = q.name) > 0 as scheduled
  from pgboss.queue q where q.name = $1 and q.name not like '\\_\\_pgboss\\_\\_%'`;

const FAILED_SQL = `
select id from pgboss.job where name = $1 and state = 'failed' order by created_on desc limit $2`;

/** `boss`: null where this replica neither works nor schedules (ROLES). */
export const makeJobRunner = (pool: Pool, boss: Pick<PgBoss, 'send' | 'retry'> | null): JobRunner => ({
  run: async (name) => {
    if (boss === null) return { status: 'away' };
    const { rows } = await pool.query<{ readonly scheduled: boolean }>(QUEUE_SQL, [name]);
    const [queue] = rows;
    if (queue === undefined) return { status: 'missing' };
    if (queue.scheduled) {
      // The queue's policy keeps one waiting run: another one would do the same work.
      return { status: (await boss.send(name, {})) === null ? 'waiting' : 'started' };
    }
    const failed = await pool.query<{ readonly id: string }>(FAILED_SQL, [name, MAX_RETRIED]);
    if (failed.rows.length === 0) return { status: 'nothing' };
    const ids = failed.rows.map(({ id }) => id);
    await boss.retry(name, ids);
    return { status: 'retried', count: ids.length };
  },
});
