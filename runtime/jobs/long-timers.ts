/**
 * Timers of a minute and more are jobs as well (design 5): a second waker where every replica's own clockwork is behind,
 * and visible among the other work that waits. One job stands for one timer of one actor, however often it is armed anew;
 * the engine's table says what is due (docs/decisions/0009-long-timers.md).
 */
import { createHash } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import type { EngineApi, LongTimer, LongTimers } from '../engine/types.ts';
import { type Scheduler, stopWork } from './scheduler.ts';

export const LONG_TIMERS = 'long-timers';

/** Shorter ones are over before anybody could look (design 5). */
export const LONG_FROM_MS = 60_000;

/** Jobs of one look; a full batch is followed by the next at once. */
const BATCH = 200;
/** A look takes milliseconds; after this another replica may try, s. */
const EXPIRES_S = 60;
/** Ended jobs are of no use to anybody, s. */
const KEEP_ENDED_S = 3600;
const RETRIES = 3;

type Reference = Pick<LongTimer, 'actorId' | 'timerId'>;

const jobOf = ({ actorId, timerId, dueAt }: LongTimer) => ({
  data: { actorId, timerId } satisfies Reference,
  singletonKey: `${actorId} ${timerId}`,
  startAfter: new Date(dueAt),
});

/**
 * Writes jobs in the engine's commits. Resolves when the queue is there. A timer that is armed anew while its job waits
 * adds nothing: the job finds the new time in the table when it runs.
 */
export const mirrorLongTimers = async (boss: PgBoss): Promise<LongTimers> => {
  await boss.createQueue(LONG_TIMERS, {
    policy: 'short',
    expireInSeconds: EXPIRES_S,
    deleteAfterSeconds: KEEP_ENDED_S,
    retryLimit: RETRIES,
    retryBackoff: true,
  });
  return {
    fromMs: LONG_FROM_MS,
    write: async (query, timers) => {
      const executeSql = async (text: string, values: unknown[] = []) => {
        const { rows } = await query({ name: `long-timers-${shortHash(text)}`, text, values });
        return { rows: [...rows] };
      };
      await boss.insert(LONG_TIMERS, timers.map(jobOf), { db: { executeSql } });
    },
  };
};

/** Names the prepared statement after its text: two texts under one name would be refused. */
const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 12);

/** Starts this replica's share of the looking. */
export const workLongTimers = async (
  boss: PgBoss,
  engine: Pick<EngineApi, 'lookAtTimers'>,
): Promise<Scheduler> => {
  await boss.work<Reference>(LONG_TIMERS, { batchSize: BATCH, burstWhenBatchFull: true }, async (jobs) => {
    const later = await engine.lookAtTimers(jobs.map(({ data }) => data));
    if (later.length > 0) await boss.insert(LONG_TIMERS, later.map(jobOf));
  });
  return { stop: (graceMs) => stopWork(boss, [LONG_TIMERS], graceMs) };
};
