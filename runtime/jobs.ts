/** pg-boss: what happens by the calendar. A job only tells somebody to act; what is done is decided where it is done. */
import { type Context, Effect } from 'effect';
import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { Catalog } from '../actors/catalog/catalog.ts';
import type { SettingsStore } from './api/settings-store.ts';
import type { Config } from './config.ts';
import type { Clock, Log } from './engine/types.ts';
import { runSummaries, type SummaryServices } from './summaries/summary-job.ts';

export interface Jobs {
  readonly stop: (graceMs: number) => Promise<void>;
}

export interface JobOptions {
  readonly databaseUrl: string;
  readonly pool: pg.Pool;
  readonly config: Pick<Config, 'cron' | 'businessTimeZone' | 'businessHours'>;
  readonly services: Context.Context<Catalog | SummaryServices>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  readonly log: Log;
}

const CATALOG_SYNC = 'catalog-sync';
/** A run of 10,000 items takes minutes against the vendor's 100 calls a minute; after this another replica may try. */
const CATALOG_SYNC_EXPIRES_S = 3600;
const SUMMARIES = 'conversation-summaries';
const SUMMARIES_CRON = '*/30 * * * *';
/** A hundred model calls of at most half a minute each. */
const SUMMARIES_EXPIRES_S = 3600;
/** Connections of pg-boss in one replica. */
const CONNECTIONS = 3;

/** Starts the scheduler and this replica's workers. Schedules run once, however many replicas there are. */
export const startJobs = async (options: JobOptions): Promise<Jobs> => {
  const { databaseUrl, config, services, log } = options;
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
  let stopping = false;
  await startSummaries(boss, options, () => stopping);
  return {
    stop: (graceMs) => {
      stopping = true;
      return boss.stop({ graceful: true, timeout: Math.max(1000, graceMs) });
    },
  };
};

/** Not retried: the next run goes on where this one stopped. */
const startSummaries = async (
  boss: PgBoss,
  options: JobOptions,
  isStopping: () => boolean,
): Promise<void> => {
  const { pool, config, services, settings, clock, log } = options;
  const shop = { hours: config.businessHours, timeZone: config.businessTimeZone };
  await boss.createQueue(SUMMARIES, {
    policy: 'short',
    expireInSeconds: SUMMARIES_EXPIRES_S,
    retryLimit: 0,
  });
  await boss.work(SUMMARIES, async () => {
    await runSummaries({ pool, services, settings, shop, clock, log, isStopping });
  });
  await boss.schedule(SUMMARIES, SUMMARIES_CRON, {}, { tz: config.businessTimeZone });
};
