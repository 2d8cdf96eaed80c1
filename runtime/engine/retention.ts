/**
 * Removes what nobody needs any more: applied mailbox rows and finished commands. The journal is kept: it is the record.
 *
 * What that means: a mailbox row is the memory that an event was seen. A redelivery that comes later than
 * `mailboxDays` is taken for a new event. Keep it well above the longest time over which a sender repeats itself (webhook
 * senders: hours to days; an export that is imported again: whatever you keep it for). Commands need no such memory: the
 * result of a command that is gone has been applied long ago, and no replica holds it any more. Events that wait, parked
 * ones and open or parked commands are never removed, however old.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Clock } from './types.ts';

export interface Retention {
  readonly mailboxDays: number;
  readonly outboxDays: number;
}

/** A month of both: redeliveries come within days, and questions about a command within weeks. */
export const DEFAULT_RETENTION: Retention = { mailboxDays: 30, outboxDays: 30 };

/** One run stays small beside the traffic; what is left is the next run's. */
export interface PurgeLimits {
  /** Rows of one statement, which is one commit. */
  readonly batchRows: number;
  /** Of each table. */
  readonly batches: number;
  /** Rest between two batches, so that a purge never fills the disk's queue. */
  readonly pauseMs: number;
}

export const PURGE_LIMITS: PurgeLimits = { batchRows: 2000, batches: 500, pauseMs: 20 };

/** Younger than this nothing is removed, whatever is asked for: senders of webhooks repeat themselves for days. */
export const SHORTEST_DAYS = 7;

const DAY_MS = 86_400_000;

export interface Purged {
  readonly mailboxRows: number;
  readonly outboxRows: number;
  /** False: the run's limit was reached; there is more to remove. */
  readonly complete: boolean;
}

/** Skipping what somebody holds costs nothing: the next run finds it. */
const PURGE_MAILBOX = `
delete from mailbox using (
  select actor_id, event_id from mailbox
  where applied_seq is not null and received_at < $1 order by received_at limit $2 for update skip locked
) as old
where mailbox.actor_id = old.actor_id and mailbox.event_id = old.event_id`;

const PURGE_OUTBOX = `
delete from outbox using (
  select actor_id, command_id from outbox
  where finished_at is not null and finished_at < $1 and status in ('done', 'failed', 'cancelled')
  order by finished_at limit $2 for update skip locked
) as old
where outbox.actor_id = old.actor_id and outbox.command_id = old.command_id`;

/** Throws a RangeError when the retention is shorter than {@link SHORTEST_DAYS}; then nothing was removed. */
export const purge = async (
  db: pg.Pool,
  clock: Clock,
  retention: Retention = DEFAULT_RETENTION,
  limits: PurgeLimits = PURGE_LIMITS,
): Promise<Purged> => {
  const { mailboxDays, outboxDays } = retention;
  if (!(mailboxDays >= SHORTEST_DAYS && outboxDays >= SHORTEST_DAYS)) {
    throw new RangeError(
      `Keep mailbox and outbox for at least ${SHORTEST_DAYS} days: redeliveries would be new events.`,
    );
  }
  const now = clock.now();
  const mailbox = await purgeTable(db, PURGE_MAILBOX, now - mailboxDays * DAY_MS, limits);
  const outbox = await purgeTable(db, PURGE_OUTBOX, now - outboxDays * DAY_MS, limits);
  return {
    mailboxRows: mailbox.rows,
    outboxRows: outbox.rows,
    complete: mailbox.complete && outbox.complete,
  };
};

const purgeTable = async (
  db: pg.Pool,
  sql: string,
  before: number,
  { batchRows, batches, pauseMs }: PurgeLimits,
): Promise<{ readonly rows: number; readonly complete: boolean }> => {
  let rows = 0;
  for (let done = 0; done < batches; done++) {
    if (done > 0) await sleep(pauseMs);
    const result = await db.query(sql, [Math.floor(before), batchRows]);
    rows += result.rowCount ?? 0;
    if ((result.rowCount ?? 0) < batchRows) return { rows, complete: true };
  }
  return { rows, complete: false };
};
