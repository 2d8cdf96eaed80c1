/** The regular look for dialogues that have become mature: each becomes a review of its own, which does the rest. */
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
    const asked = await askDueReviews({ pool, engine, settings, clock });
    if (asked !== null) log.info({ asked }, 'reviews of mature dialogues were asked for');
  },
});
