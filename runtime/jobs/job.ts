/** What a scheduled job is made of: one file per job, each exports a function that makes one of these. */
import type { Context } from 'effect';
import type pg from 'pg';
import type { Catalog } from '../../actors/catalog/catalog.ts';
import type { ImageStore } from '../../actors/catalog/image-store.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Config } from '../config.ts';
import type { Clock, EngineApi, Log } from '../engine/types.ts';
import type { Reports } from '../reports/reports.ts';
import type { SummaryServices } from '../summaries/summary-job.ts';

/** Work that is done by the calendar: each run by one replica, however many there are. */
export interface Job {
  /** Names the queue; a job that is renamed leaves its old schedule behind. */
  readonly name: string;
  /** Five fields, in the business time zone. */
  readonly cron: string;
  /** A run that takes longer is taken for dead, and another replica may try, s. */
  readonly expireInSeconds: number;
  /** Runs that follow a failed one, with a growing wait; 0: the next one by the calendar goes on. */
  readonly retryLimit: number;
  /** Throws when the run failed. */
  readonly run: () => Promise<void>;
}

/** What jobs may use; the services are those of all jobs together. */
export interface JobParts {
  readonly pool: pg.Pool;
  readonly config: Pick<Config, 'cron' | 'businessTimeZone' | 'businessHours'>;
  readonly services: Context.Context<Catalog | ImageStore | SummaryServices>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly engine: Pick<EngineApi, 'deliver'>;
  readonly reports: Reports;
  readonly clock: Clock;
  readonly log: Log;
  /** True once the process stops: what is under way is finished, nothing else is begun. */
  readonly isStopping: () => boolean;
}
