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
      residentBytes: metrics.value('treejar_process_resident_bytes'),
    };
  };
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
