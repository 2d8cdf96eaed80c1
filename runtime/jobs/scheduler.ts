/** pg-boss: what happens by the calendar. A job only tells somebody to act; what is done is decided where it is done. */
import { PgBoss } from 'pg-boss';
import type { Log } from '../engine/types.ts';
import type { Job } from './job.ts';

export interface Scheduler {
  /** Waits for the runs that are under way, at most `graceMs`; call it when they have been told to come to an end. */
  readonly stop: (graceMs: number) => Promise<void>;
}

export interface SchedulerOptions {
  readonly databaseUrl: string;
  /** IANA name; the jobs' calendars are read in it. */
  readonly timeZone: string;
  readonly jobs: readonly Job[];
  readonly log: Log;
}

/** Connections of pg-boss in one replica. */
const CONNECTIONS = 3;

/** Running jobs are waited for at least so long, however little grace is left, ms. */
const SHORTEST_GRACE_MS = 1000;

/** Starts the scheduler and this replica's workers. Each due run is one replica's. */
export const startScheduler = async ({
  databaseUrl,
  timeZone,
  jobs,
  log,
}: SchedulerOptions): Promise<Scheduler> => {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    application_name: 'treejar jobs',
  });
  boss.on('error', (error) =>
    log.error({ reason: error.name }, 'the job scheduler had a fault; it goes on by itself'),
  );
  await boss.start();
  for (const job of jobs) await schedule(boss, job, timeZone);
  return {
    stop: (graceMs) => boss.stop({ graceful: true, timeout: Math.max(SHORTEST_GRACE_MS, graceMs) }),
  };
};

const schedule = async (
  boss: PgBoss,
  { name, cron, expireInSeconds, retryLimit, run }: Job,
  tz: string,
): Promise<void> => {
  // `short`: while a run waits to start, another one of the same queue is not added.
  await boss.createQueue(name, {
    policy: 'short',
    expireInSeconds,
    retryLimit,
    retryBackoff: retryLimit > 0,
  });
  await boss.work(name, run);
  await boss.schedule(name, cron, {}, { tz });
};
