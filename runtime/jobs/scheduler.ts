/** pg-boss: what happens by the calendar. A job only tells somebody to act; what is done is decided where it is done. */
import type { PgBoss } from 'pg-boss';
import type { Job } from './job.ts';

export interface Scheduler {
  /** Takes no other run and waits for those under way, at most `graceMs`; call it when they were told to end. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Schedules the jobs and starts this replica's workers. Each due run is one replica's. `timeZone`: an IANA name. */
export const startScheduler = async (
  boss: PgBoss,
  jobs: readonly Job[],
  timeZone: string,
): Promise<Scheduler> => {
  for (const job of jobs) await schedule(boss, job, timeZone);
  return {
    stop: (graceMs) =>
      stopWork(
        boss,
        jobs.map(({ name }) => name),
        graceMs,
      ),
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

/** Ends this replica's work on the queues; what runs longer than `graceMs` goes on until pg-boss is closed. */
export const stopWork = async (boss: PgBoss, names: readonly string[], graceMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  const ended = Promise.all(names.map((name) => boss.offWork(name, { wait: true })));
  await Promise.race([ended, late]).finally(() => clearTimeout(timer));
};
