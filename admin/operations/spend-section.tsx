/** What models cost today against the budgets, and the days before. */
import type { Budgets, Spend } from '../api/types.ts';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, t } from '../i18n/i18n.ts';
import { dayName } from '../lib/time.ts';
import { type DaySpend, daysBefore, type JobSpend, jobsToday, microUsd, usd } from './spending.ts';

const JOBS: Readonly<Record<string, MessageKey>> = {
  dialogue: 'opsJobDialogue',
  summary: 'opsJobSummary',
  quality: 'opsJobQuality',
  draft: 'opsJobDraft',
  'prompt-trial': 'opsJobTrial',
  sight: 'opsJobSight',
};

const jobName = (job: string): string => {
  const words = JOBS[job];
  return words === undefined ? job : t(words);
};

/** Keeps `$2.00` together inside a right-to-left sentence. */
const apart = (money: string): string => `\u2066${money}\u2069`;

/** From this share on the meter warns. */
const SOON = 0.8;

const toneOf = (spent: number, budget: number): string => {
  if (budget > 0 && spent >= budget) return 'is-over';
  return budget > 0 && spent >= budget * SOON ? 'is-near' : '';
};

const Meter = ({ spent, budget, label }: { spent: number; budget: number; label: string }) => (
  <meter
    class={toneOf(spent, budget)}
    min={0}
    max={Math.max(budget, 1)}
    value={Math.min(spent, budget)}
    aria-label={label}
  />
);

const Job = ({ spend }: { spend: JobSpend }) => (
  <li class="ops-job">
    <span class="ops-job-name">{jobName(spend.job)}</span>
    <Meter spent={spend.spent} budget={spend.budget} label={jobName(spend.job)} />
    <span class="ops-job-money">
      <bdi>{usd(spend.spent)}</bdi> <span>{t('opsOfBudget', { budget: apart(usd(spend.budget)) })}</span>
    </span>
    <span class="ops-job-calls">
      {t('costCalls', { n: spend.calls })}
      {spend.failed === 0 ? '' : ` · ${t('opsFailures', { n: spend.failed })}`}
      {spend.unbilled === 0 ? '' : ` · ${t('opsUnbilled', { n: spend.unbilled })}`}
    </span>
  </li>
);

const HEIGHT = 56;
const COLUMN = 14;
const GAP = 4;

/** Columns of the last days; the table behind says the same to those who do not see them. */
const Days = ({ days }: { days: readonly DaySpend[] }) => {
  const top = Math.max(1, ...days.map(({ spent }) => spent));
  return (
    <figure class="ops-days">
      <figcaption>{t('opsDays', { n: days.length })}</figcaption>
      <svg viewBox={`0 0 ${days.length * (COLUMN + GAP)} ${HEIGHT}`} aria-hidden="true">
        {days.map(({ day, spent }, index) => {
          const height = Math.max(2, Math.round((spent / top) * HEIGHT));
          return (
            <rect
              key={day}
              class={index === days.length - 1 ? 'is-today' : ''}
              x={index * (COLUMN + GAP)}
              y={HEIGHT - height}
              width={COLUMN}
              height={height}
              rx={2}
            >
              <title>{`${dayName(`${day}T08:00:00Z`, intlTag())}: ${usd(spent)}`}</title>
            </rect>
          );
        })}
      </svg>
      <table class="visually-hidden">
        <caption>{t('opsDays', { n: days.length })}</caption>
        <tbody>
          {days.map(({ day, spent }) => (
            <tr key={day}>
              <th scope="row">{dayName(`${day}T08:00:00Z`, intlTag())}</th>
              <td>{usd(spent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
};

export const SpendCard = ({ spend, limits }: { spend: Spend; limits: Budgets }) => {
  const jobs = jobsToday(spend, limits);
  const spent = jobs.reduce((total, job) => total + job.spent, 0);
  const budget = microUsd(limits.budgets.totalDailyUsd);
  return (
    <div class="card ops-spend">
      <div class="ops-total">
        <p>
          <strong>
            <bdi>{usd(spent)}</bdi>
          </strong>{' '}
          {t('opsOfBudget', { budget: apart(usd(budget)) })}
        </p>
        <Meter spent={spent} budget={budget} label={t('opsSpend')} />
        {spent >= budget ? <p class="ops-trouble">{t('opsSpentUp')}</p> : null}
        <Days days={daysBefore(spend)} />
      </div>
      <ul class="ops-jobs">
        {jobs.map((job) => (
          <Job key={job.job} spend={job} />
        ))}
      </ul>
    </div>
  );
};
