/** Redis in `/health`: away, it costs speed and nothing else, so that it never makes the whole unhealthy (design 5). */
import { Context } from 'effect';
import { SharedStateStatus } from '../adapters/redis/shared-state.ts';
import type { HealthContributor } from './api/deps.ts';

export const redisPart = (services: Context.Context<SharedStateStatus>): HealthContributor => ({
  name: 'redis',
  required: false,
  check: async () => {
    const { mode, state, since, outages, skipped, lastError } = Context.get(
      services,
      SharedStateStatus,
    ).read();
    const detail = { mode, since: new Date(since).toISOString(), outages, skipped, lastError };
    return { status: state === 'up' ? 'ok' : 'degraded', detail };
  },
});
