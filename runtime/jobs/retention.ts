/**
 * The nightly removal of applied events and finished commands (engine/retention.ts says what that does to the memory of
 * duplicates: a redelivery that comes more than `mailboxDays` after the original is a new event).
 */
import { DEFAULT_RETENTION, type PurgeLimits, purge, type Retention } from '../engine/retention.ts';
import type { Job, JobParts } from './job.ts';

export interface RetentionLimits {
  /** Of one portion; between two portions the run looks whether it should go on. */
  readonly portion: PurgeLimits;
  /** A run that finds more begins no other portion after this, ms; the next night goes on. */
  readonly runMs: number;
}

/**
 * Some 40,000 rows a second where nothing else is going on: an hour of it is far more than a night's share of the
 * largest shop the README's scaling table knows (1,000,000 dialogues a day leave some 30 million rows).
 */
export const RETENTION_LIMITS: RetentionLimits = {
  portion: { batchRows: 2000, batches: 25, pauseMs: 20 },
  runMs: 3_600_000,
};

/** Twice the run: a portion that began in time ends in time. */
const EXPIRES_S = 7200;

/** When the shop sleeps; not at the full hour, when other things begin. */
const CRON = '40 3 * * *';

export const retention = (
  { pool, clock, log, isStopping }: Pick<JobParts, 'pool' | 'clock' | 'log' | 'isStopping'>,
  keep: Retention = DEFAULT_RETENTION,
  limits: RetentionLimits = RETENTION_LIMITS,
): Job => ({
  name: 'retention',
  cron: CRON,
  expireInSeconds: EXPIRES_S,
  // Not retried: what is left is found tomorrow.
  retryLimit: 0,
  run: async () => {
    const until = clock.now() + limits.runMs;
    let mailboxRows = 0;
    let outboxRows = 0;
    let complete = false;
    while (!complete && !isStopping() && clock.now() < until) {
      const portion = await purge(pool, clock, keep, limits.portion);
      mailboxRows += portion.mailboxRows;
      outboxRows += portion.outboxRows;
      complete = portion.complete;
    }
    const fields = { mailboxRows, outboxRows, ...keep };
    if (complete) log.info(fields, 'old events and commands were removed');
    else log.warn(fields, 'old events and commands are left; the next night goes on');
  },
});
