/** All jobs of the shop. A new one: a file beside this one, and a line here. */
import type { PgBoss } from 'pg-boss';
import { catalogSync } from './catalog-sync.ts';
import type { Job, JobParts } from './job.ts';
import { metrics } from './metrics.ts';
import { outreach } from './outreach.ts';
import { productPhotos } from './product-photos.ts';
import { qualityReviews } from './quality-reviews.ts';
import { reports } from './reports.ts';
import { retention } from './retention.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';
import { summaries } from './summaries.ts';

export interface JobOptions extends Omit<JobParts, 'isStopping'> {
  readonly boss: PgBoss;
}

const jobsOf = (parts: JobParts): readonly Job[] => [
  catalogSync(parts),
  summaries(parts),
  qualityReviews(parts),
  ...metrics(parts),
  ...reports(parts),
  retention(parts),
  productPhotos(parts),
  outreach(parts),
];

/** Starts the scheduler with this replica's workers. */
export const startJobs = async ({ boss, ...parts }: JobOptions): Promise<Scheduler> => {
  let stopping = false;
  const jobs = jobsOf({ ...parts, isStopping: () => stopping });
  const scheduler = await startScheduler(boss, jobs, parts.config.businessTimeZone);
  return {
    stop: (graceMs) => {
      stopping = true;
      return scheduler.stop(graceMs);
    },
  };
};
