/** Reports by the calendar (domain 23.1, 23.2): a day's each morning, a week's by REPORT_CRON. */
import type { Job, JobParts } from './job.ts';

/** Domain 23.1: 06:00 UTC is ten in the morning in Dubai; jobs run in the business time zone. */
const DAILY_CRON = '0 10 * * *';
const EXPIRES_S = 600;
/** Telegram or the database may be away for some minutes. */
const TRIES = 5;

export const reports = ({
  config,
  reports: shop,
  log,
}: Pick<JobParts, 'config' | 'log' | 'reports'>): readonly Job[] => {
  const run = (kind: 'daily' | 'weekly') => async () => {
    const range = shop.usualRange(kind);
    // The same id from any replica and any try: a period is reported once.
    const report = await shop.make({ kind, range, by: 'schedule', id: `${kind}:${range.from}:${range.to}` });
    const told = await shop.tell(report);
    log.info({ kind, told }, 'a report was made');
  };
  const common = { expireInSeconds: EXPIRES_S, retryLimit: TRIES };
  return [
    { ...common, name: 'report-daily', cron: DAILY_CRON, run: run('daily') },
    { ...common, name: 'report-weekly', cron: config.cron.report, run: run('weekly') },
  ];
};
