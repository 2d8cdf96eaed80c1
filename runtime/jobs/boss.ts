/** This replica's pg-boss: opened before the engine, whose commits write jobs, and closed after it. */
import { PgBoss } from 'pg-boss';
import type { Log } from '../engine/types.ts';

export interface BossOptions {
  readonly databaseUrl: string;
  /** Whether this replica looks at the calendars of scheduled jobs. */
  readonly schedules: boolean;
  readonly log: Log;
}

/** Connections of pg-boss in one replica. */
const CONNECTIONS = 3;

/** Installs or upgrades pg-boss's own tables first; replicas that start at once wait for each other. */
export const openBoss = async ({ databaseUrl, schedules, log }: BossOptions): Promise<PgBoss> => {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    application_name: 'treejar jobs',
    schedule: schedules,
  });
  boss.on('error', (error) =>
    log.error({ reason: error.name }, 'the job scheduler had a fault; it goes on by itself'),
  );
  await boss.start();
  return boss;
};

/** Jobs that still run when it is closed are failed and tried again elsewhere; wait for them before. */
export const closeBoss = (boss: PgBoss): Promise<void> => boss.stop({ graceful: false });
