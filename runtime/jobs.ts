/** pg-boss: what happens by the calendar. A job only tells somebody to act; what is done is decided where it is done. */
import { type Context, Effect } from 'effect';
import { PgBoss } from 'pg-boss';
import { Catalog } from '../actors/catalog/catalog.ts';
import type { Config } from './config.ts';
import type { Log } from './engine/types.ts';

export interface Jobs {
  readonly stop: (graceMs: number) => Promise<void>;
}

export interface JobOptions {
  readonly databaseUrl: string;
  readonly config: Pick<Config, 'cron' | 'businessTimeZone'>;
  readonly services: Context.Context<Catalog>;
  readonly log: Log;
}

const CATALOG_SYNC = 'catalog-sync';
/** A run of 10,000 items takes minutes against the vendor's 100 calls a minute; after this another replica may try. */
const CATALOG_SYNC_EXPIRES_S = 3600;
/** Connections of pg-boss in one replica. */
const CONNECTIONS = 3;

/** Starts the scheduler and this replica's workers. Schedules run once, however many replicas there are. */
export const startJobs = async ({ databaseUrl, config, services, log }: JobOptions): Promise<Jobs> => {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    application_name: 'treejar jobs',
  });
  boss.on('error', (error) =>
    log.error({ reason: error.name }, 'the job scheduler had a fault; it goes on by itself'),
  );
  await boss.start();
  // `short`: while a run waits to start, another one of the same queue is not added.
  await boss.createQueue(CATALOG_SYNC, {
    policy: 'short',
    expireInSeconds: CATALOG_SYNC_EXPIRES_S,
    retryLimit: 2,
    retryBackoff: true,
  });
  await boss.work(CATALOG_SYNC, async () => {
    const run = await Effect.runPromise(
      Effect.flatMap(Catalog, (catalog) => catalog.syncAndWait('schedule')).pipe(
        Effect.provideContext(services),
      ),
    );
    if (run?.status === 'failed')
      throw new Error('the catalog run failed; its reason is in the list of runs');
  });
  await boss.schedule(CATALOG_SYNC, config.cron.catalogSync, {}, { tz: config.businessTimeZone });
  return { stop: (graceMs) => boss.stop({ graceful: true, timeout: Math.max(1000, graceMs) }) };
};
