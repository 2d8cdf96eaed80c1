/** Numbers that are read when somebody asks for them: of the process, the database, the money and the backups. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type pg from 'pg';
import type { SpendApi } from '../api/deps.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock } from '../engine/types.ts';
import type { Metrics } from '../server/metrics.ts';
import { readBackupAge } from './backups.ts';

export interface ReadingDeps {
  readonly metrics: Metrics;
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly spend: Pick<SpendApi, 'spend' | 'today'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly version: string;
}

export interface Readings {
  /** Refreshes the gauges. Rejects when the database does not answer; those of the process are fresh even then. */
  readonly read: () => Promise<void>;
  readonly stop: () => void;
}

/** How often the event loop's lateness is sampled, ms. */
const LOOP_SAMPLE_MS = 20;
const NANOSECONDS = 1e9;
const QUANTILES = [50, 99, 100] as const;

export const startReadings = (deps: ReadingDeps): Readings => {
  const { metrics, pool, clock } = deps;
  const loop = monitorEventLoopDelay({ resolution: LOOP_SAMPLE_MS });
  loop.enable();
  metrics.gauge('treejar_build_info', 1, { version: deps.version });

  const money = async (): Promise<void> => {
    const today = deps.spend.today();
    const { items } = await deps.spend.spend(today, today);
    // Yesterday's jobs would stay at yesterday's sums.
    for (const name of MONEY) metrics.forget(name);
    for (const line of items) {
      const labels = { job: line.job };
      metrics.gauge('treejar_model_cost_today_usd', Number(line.costUsd), labels);
      metrics.gauge('treejar_model_calls_today', line.calls, labels);
      metrics.gauge('treejar_model_calls_failed_today', line.failed, labels);
    }
    const { budgets } = await deps.settings.get();
    metrics.gauge('treejar_model_budget_usd', Number(budgets.totalDailyUsd));
  };

  return {
    read: async () => {
      ofProcess(metrics, loop);
      metrics.gauge('treejar_database_connections', pool.totalCount, { state: 'open' });
      metrics.gauge('treejar_database_connections', pool.waitingCount, { state: 'waiting' });
      const { ageMs } = await readBackupAge(pool, clock);
      metrics.gauge('treejar_backup_age_seconds', ageMs / 1000);
      await money();
    },
    stop: () => {
      loop.disable();
    },
  };
};

const MONEY = [
  'treejar_model_cost_today_usd',
  'treejar_model_calls_today',
  'treejar_model_calls_failed_today',
] as const;

const ofProcess = (metrics: Metrics, loop: IntervalHistogram): void => {
  for (const quantile of QUANTILES) {
    const seconds = loop.percentile(quantile) / NANOSECONDS;
    metrics.gauge('treejar_event_loop_delay_seconds', seconds, { quantile: String(quantile / 100) });
  }
  loop.reset();
  const { user, system } = process.cpuUsage();
  metrics.gauge('treejar_process_cpu_seconds_total', (user + system) / 1e6);
  metrics.gauge('treejar_process_resident_bytes', process.memoryUsage.rss());
  metrics.gauge('treejar_process_heap_bytes', process.memoryUsage().heapUsed);
  metrics.gauge('treejar_process_uptime_seconds', process.uptime());
};
