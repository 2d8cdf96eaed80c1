/** The half-hourly run over conversations that have ended. Off until the owner switches it on: it costs money. */
import { type Context, Effect } from 'effect';
import type pg from 'pg';
import type { Alerts } from '../../actors/conversation/alerts.ts';
import type { ModelLedger } from '../../actors/model/model-ledger.ts';
import type { Summaries } from '../../actors/summaries/summaries.ts';
import { type SummaryRun, summariseQuiet } from '../../actors/summaries/summarise.ts';
import type { SummarySource } from '../../actors/summaries/summary-source.ts';
import type { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock, Log } from '../engine/types.ts';
import { runLimit, type Shop } from './off-peak.ts';

export type SummaryServices = Alerts | ChatModel | ModelLedger | Summaries | SummarySource;

export interface SummaryJobOptions {
  readonly pool: pg.Pool;
  readonly services: Context.Context<SummaryServices>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly shop: Shop;
  readonly clock: Clock;
  readonly log: Log;
  /** True once the process stops: the call that runs is waited for, no other one is made. */
  readonly isStopping?: () => boolean;
}

/** Null when it is switched off. */
export const runSummaries = async (options: SummaryJobOptions): Promise<SummaryRun | null> => {
  const { services, settings, shop, clock, log } = options;
  if (!(await settings.get()).summaries.enabled) return null;
  const run = await Effect.runPromise(
    summariseQuiet({ ...options, limit: runLimit(shop, clock.now()) }).pipe(Effect.provideContext(services)),
  );
  const { looked, summarised, failed, stopped } = run;
  if (stopped === null) log.info({ looked, summarised, failed }, 'earlier conversations were summarised');
  else
    log.warn(
      { looked, summarised, failed, reason: stopped },
      'summaries stopped early; the next run goes on',
    );
  return run;
};
