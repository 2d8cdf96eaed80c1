/** The hourly look at what timers cannot see: orders, payments, long silence (domain 17.10). */
import { RUN_KINDS, runOutreach } from '../outreach/hourly-run.ts';
import type { Job, JobParts } from './job.ts';

/** A run delivers some hundred events; what follows from them is not waited for. */
const EXPIRES_S = 600;

export const outreach = ({ pool, engine, settings, clock, log }: JobParts): Job => ({
  name: 'outreach',
  cron: '5 * * * *',
  expireInSeconds: EXPIRES_S,
  // Not retried: the next hour finds the same.
  retryLimit: 0,
  run: async () => {
    await runOutreach({ pool, engine, settings, clock, log }, RUN_KINDS, false);
  },
});
