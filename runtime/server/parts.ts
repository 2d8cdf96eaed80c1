/** The parts of health that the server knows itself, and the runtime's numbers for metrics. */
import type { Pool } from 'pg';
import type { HealthContributor } from '../api/deps.ts';
import type { EngineApi, EngineStats } from '../engine/types.ts';
import type { Metrics } from './metrics.ts';

/** Domain 23.4: the oldest unapplied event must not be older. */
const MAILBOX_AGE_LIMIT_MS = 120_000;

export const ownParts = (pool: Pool, engine: Pick<EngineApi, 'stats'>): readonly HealthContributor[] => [
  {
    name: 'postgres',
    required: true,
    check: async () => {
      await pool.query('select 1');
      return { status: 'ok', detail: { connections: pool.totalCount, waiting: pool.waitingCount } };
    },
  },
  {
    name: 'mailbox',
    required: false,
    check: async () => {
      const stats = await engine.stats();
      const late = stats.mailboxAgeMs > MAILBOX_AGE_LIMIT_MS;
      return {
        status: late ? 'degraded' : 'ok',
        detail: { depth: stats.mailboxDepth, ageMs: stats.mailboxAgeMs, parked: stats.parked },
      };
    },
  },
];

/** Fills the gauges and answers them as plain numbers. */
export const makeNumbers = (
  engine: Pick<EngineApi, 'stats'>,
  metrics: Metrics,
): (() => Promise<Readonly<Record<string, number>>>) => {
  return async () => {
    const stats = await engine.stats();
    gauges(metrics, stats);
    return {
      ...stats,
      liveConnections: metrics.value('treejar_live_connections'),
      liveSubscriptions: metrics.value('treejar_live_subscriptions'),
      webhooksAccepted: metrics.value('treejar_webhook_total', { outcome: 'accepted' }),
      webhooksUnavailable: metrics.value('treejar_webhook_total', { outcome: 'unavailable' }),
      eventsAccepted: metrics.value('treejar_webhook_items_total', { result: 'accepted' }),
      eventsDuplicate: metrics.value('treejar_webhook_items_total', { result: 'duplicate' }),
      ...recentTimes(metrics, 'commit', 'treejar_commit_seconds'),
      ...recentTimes(metrics, 'reply', 'treejar_reply_seconds'),
      residentBytes: metrics.value('treejar_process_resident_bytes'),
    };
  };
};

/** `commitP50Ms` and `commitP95Ms` of the last observations; absent while there were none. */
const recentTimes = (metrics: Metrics, prefix: string, name: string): Readonly<Record<string, number>> => {
  const [p50, p95] = metrics.recent(name, [0.5, 0.95]) ?? [];
  return p50 === undefined || p95 === undefined
    ? {}
    : { [`${prefix}P50Ms`]: p50 * 1000, [`${prefix}P95Ms`]: p95 * 1000 };
};

const gauges = (metrics: Metrics, stats: EngineStats): void => {
  metrics.gauge('treejar_mailbox_depth', stats.mailboxDepth);
  metrics.gauge('treejar_mailbox_age_seconds', stats.mailboxAgeMs / 1000);
  metrics.gauge('treejar_commands_waiting', stats.commandsWaiting);
  metrics.gauge('treejar_commands_running', stats.commandsRunning);
  metrics.gauge('treejar_timers_armed', stats.timersArmed);
  metrics.gauge('treejar_parked', stats.parked);
  metrics.gauge('treejar_process_resident_bytes', process.memoryUsage.rss());
};
