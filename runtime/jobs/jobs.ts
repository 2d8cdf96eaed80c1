/** All jobs of the shop. A new one: a file beside this one, and a line here. */
import { catalogSync } from './catalog-sync.ts';
import type { Job, JobParts } from './job.ts';
import { productPhotos } from './product-photos.ts';
import { retention } from './retention.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';
import { summaries } from './summaries.ts';

export interface JobOptions extends Omit<JobParts, 'isStopping'> {
  readonly databaseUrl: string;
}

const jobsOf = (parts: JobParts): readonly Job[] => [
  catalogSync(parts),
  summaries(parts),
  retention(parts),
  productPhotos(parts),
];

/** Starts the scheduler with this replica's workers. */
export const startJobs = async ({ databaseUrl, ...parts }: JobOptions): Promise<Scheduler> => {
  let stopping = false;
  const jobs = jobsOf({ ...parts, isStopping: () => stopping });
  const timeZone = parts.config.businessTimeZone;
  const scheduler = await startScheduler({ databaseUrl, timeZone, jobs, log: parts.log });
  return {
    stop: (graceMs) => {
      stopping = true;
      return scheduler.stop(graceMs);
    },
  };
};
