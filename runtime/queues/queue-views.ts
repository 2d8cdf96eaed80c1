/** What waits for its moment, for people who look after the shop: armed timers and the queues of pg-boss. */
import type { Pool } from 'pg';
import type { ArmedTimerView, JobQueueView } from '../api/house-schemas.ts';
import { decodeCursor, encodeCursor } from '../conversations/cursor.ts';
import { timerLabel } from '../conversations/labels.ts';
import type { Page } from '../conversations/views-api.ts';

export interface QueueViews {
  /** By due moment. Throws BadCursor. */
  readonly timers: (limit: number, cursor?: string) => Promise<Page<ArmedTimerView>>;
  /** By name; empty where no replica runs jobs. */
  readonly jobs: () => Promise<readonly JobQueueView[]>;
}

/** Queues of one installation; there are about ten (G10). */
const MAX_QUEUES = 100;

const TIMERS_SQL = `
select actor_id, timer_id, kind, due_at from timer
 where (due_at, actor_id || ' ' || timer_id) > ($2, $3) and due_at >= $2
 order by due_at, actor_id || ' ' || timer_id limit $1`;

interface TimerRow {
  readonly actor_id: string;
  readonly timer_id: string;
  readonly kind: string;
  readonly due_at: number | string;
}

/** The newest job of a queue is found by its partition's own index; only scheduled queues are asked. */
const JOBS_SQL = `
select q.name, s.cron, s.timezone, q.queued_count, q.deferred_count, q.active_count, q.failed_count, q.monitor_on,
       last.state::text as state, coalesce(last.completed_on, last.started_on, last.created_on) as last_at
  from pgboss.queue q
  left join pgboss.schedule s on s.name = q.name and s.key = ''
  left join lateral (
    select j.state, j.completed_on, j.started_on, j.created_on from pgboss.job j
     where s.name is not null and j.name = q.name order by j.created_on desc limit 1) last on true
 where q.name not like '\\_\\_pgboss\\_\\_%'
 order by q.name limit $1`;

interface JobRow {
  readonly name: string;
  readonly cron: string | null;
  readonly timezone: string | null;
  readonly queued_count: number;
  readonly deferred_count: number;
  readonly active_count: number;
  readonly failed_count: number;
  readonly monitor_on: Date | null;
  readonly state: string | null;
  readonly last_at: Date | null;
}

export const makeQueueViews = (pool: Pool): QueueViews => ({
  timers: async (limit, cursor) => {
    const [due, key] = cursor === undefined ? [-1, ''] : decodeCursor(cursor);
    const { rows } = await pool.query<TimerRow>(TIMERS_SQL, [limit + 1, due, key]);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => ({
        conversationId: row.actor_id,
        timerId: row.timer_id,
        label: timerLabel(row.timer_id),
        kind: row.kind,
        dueAt: new Date(Number(row.due_at)).toISOString(),
      })),
      next:
        last !== undefined && rows.length > limit
          ? encodeCursor([Number(last.due_at), `${last.actor_id} ${last.timer_id}`])
          : null,
    };
  },
  jobs: async () => {
    const there = await pool.query<{ queue: string | null }>("select to_regclass('pgboss.queue') as queue");
    if (there.rows[0]?.queue == null) return [];
    const { rows } = await pool.query<JobRow>(JOBS_SQL, [MAX_QUEUES]);
    return rows.map((row) => ({
      name: row.name,
      cron: row.cron,
      timeZone: row.timezone,
      queued: row.queued_count,
      deferred: row.deferred_count,
      active: row.active_count,
      failed: row.failed_count,
      countedAt: row.monitor_on?.toISOString() ?? null,
      lastState: row.state,
      lastAt: row.last_at?.toISOString() ?? null,
    }));
  },
});
