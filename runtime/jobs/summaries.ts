/** The half-hourly run over conversations that have ended. */
import { runSummaries } from '../summaries/summary-job.ts';
import type { Job, JobParts } from './job.ts';

/** A hundred model calls of at most half a minute each. */
const EXPIRES_S = 3600;

/** Not retried: the next run goes on where this one stopped. */
export const summaries = ({ pool, config, services, settings, clock, log, isStopping }: JobParts): Job => {
  const shop = { hours: config.businessHours, timeZone: config.businessTimeZone };
  return {
    name: 'conversation-summaries',
    cron: '*/30 * * * *',
    expireInSeconds: EXPIRES_S,
    retryLimit: 0,
    run: async () => {
      await runSummaries({ pool, services, settings, shop, clock, log, isStopping });
    },
  };
};
