/** The regular look for what is due to be reviewed (domain 6.12, 6.13, 7.1): each becomes a review of its own, which does the rest. */
import { askDueReviews } from '../quality/due-reviews.ts';
import type { Job, JobParts } from './job.ts';

const EXPIRES_S = 300;

/** Not retried: the next run finds the same dialogues. */
export const qualityReviews = ({
  pool,
  config,
  engine,
  settings,
  clock,
  log,
}: Pick<JobParts, 'pool' | 'config' | 'engine' | 'settings' | 'clock' | 'log'>): Job => ({
  name: 'quality-reviews',
  cron: config.cron.quality,
  expireInSeconds: EXPIRES_S,
  retryLimit: 0,
  run: async () => {
    const asked = await askDueReviews({ pool, engine, settings, clock, timeZone: config.businessTimeZone });
    if (Object.values(asked).some((count) => count !== null)) log.info(asked, 'reviews were asked for');
  },
});
