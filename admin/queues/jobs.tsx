/** The queues of scheduled jobs, with a button that does not wait for the calendar. */
import { useState } from 'preact/hooks';
import type { JobQueue } from '../api/types.ts';
import { api, appStore, toast, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Since } from '../components/ticking.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { number, t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { Listed } from './listed.tsx';

/** The queue's own states of a job (pg-boss); one it may learn later is said as it is. */
const STATES: Readonly<Record<string, MessageKey>> = {
  created: 'jobStateWaiting',
  retry: 'jobStateWaiting',
  active: 'jobStateActive',
  completed: 'jobStateCompleted',
  cancelled: 'jobStateCancelled',
  failed: 'jobStateFailed',
};

const stateWord = (state: string | null): string => {
  const words = state === null ? undefined : STATES[state];
  return words === undefined ? (state ?? '') : t(words);
};

const Last = ({ job }: { job: JobQueue }) =>
  job.lastAt === null ? (
    <span>—</span>
  ) : (
    <span class={job.lastState === 'failed' ? 'is-bad' : ''}>
      {stateWord(job.lastState)} · <Since at={job.lastAt} />
    </span>
  );

/** A schedule can always be anticipated; a queue without one only has something to do when something failed. */
const RunNow = ({ job, onRun }: { job: JobQueue; onRun: () => void }) => {
  const [busy, setBusy] = useState(false);
  if (job.cron === null && job.failed === 0) return null;
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      const { status, count } = await api.queues.runJob(job.name);
      toast(
        'good',
        status === 'started' ? t('jobStarted', { name: job.name }) : t('jobRetried', { n: count }),
      );
      onRun();
    } catch (error) {
      trouble(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <button type="button" class="button is-quiet" disabled={busy} onClick={() => void run()}>
      <Icon name={job.cron === null ? 'retry' : 'play'} />
      {t(job.cron === null ? 'jobRetry' : 'jobRun')}
      <span class="visually-hidden">{job.name}</span>
    </button>
  );
};

export const Jobs = () => {
  const admin = useStore(appStore, (context) => context.session?.role === 'admin');
  const [runs, setRuns] = useState(0);
  const head = [t('jobName'), t('jobSchedule'), t('jobQueued'), t('jobActive'), t('jobFailed'), t('jobLast')];
  return (
    <Listed
      key={runs}
      fetch={api.queues.jobs}
      icon="queue"
      empty={t('jobsNone')}
      numbers={[t('jobQueued'), t('jobActive'), t('jobFailed')]}
      head={admin ? [...head, t('jobAct')] : head}
      row={(job) => (
        <tr key={job.name}>
          <td>
            <code>{job.name}</code>
          </td>
          <td>
            <bdi>{job.cron === null ? '—' : `${job.cron} ${job.timeZone ?? ''}`}</bdi>
          </td>
          <td class="is-number">{number(job.queued + job.deferred)}</td>
          <td class="is-number">{number(job.active)}</td>
          <td class={`is-number ${job.failed > 0 ? 'is-bad' : ''}`}>{number(job.failed)}</td>
          <td>
            <Last job={job} />
          </td>
          {admin ? (
            <td>
              <RunNow job={job} onRun={() => setRuns((count) => count + 1)} />
            </td>
          ) : null}
        </tr>
      )}
    />
  );
};
