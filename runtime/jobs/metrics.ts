/** Metrics follow the conversations each minute, and look at everything once a night (runtime/metrics/projector.ts). */
import { makeProjector } from '../metrics/projector.ts';
import type { Job, JobParts } from './job.ts';

/** A night's look at a year of conversations, or the first one after an upgrade. */
const EXPIRES_S = 3600;

/** Not retried: the next run goes on where this one stopped. */
export const metrics = ({
  pool,
  config,
  clock,
  isStopping,
}: Pick<JobParts, 'pool' | 'config' | 'clock' | 'isStopping'>): readonly Job[] => {
  const projector = makeProjector({ pool, clock, timeZone: config.businessTimeZone, isStopping });
  const common = { expireInSeconds: EXPIRES_S, retryLimit: 0 };
  return [
    {
      ...common,
      name: 'metrics',
      cron: '* * * * *',
      run: async () => {
        await projector.refresh();
      },
    },
    { ...common, name: 'metrics-sweep', cron: '30 3 * * *', run: () => projector.sweep() },
  ];
};
