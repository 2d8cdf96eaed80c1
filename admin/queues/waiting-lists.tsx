/** Armed timers, and the queues of scheduled jobs. */
import type { JobQueue } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api } from '../app/services.ts';
import { Since, Until } from '../components/ticking.tsx';
import { number, t } from '../i18n/i18n.ts';
import { Listed } from './listed.tsx';

/** Conversations have a page of their own; other actors (reviews) have none. */
const isConversation = (kind: string): boolean => kind === 'conversation';

export const Timers = () => (
  <Listed
    fetch={api.queues.timers}
    icon="clock"
    empty={t('timersNone')}
    head={[t('timerWhat'), t('timerDue'), t('timerWhose')]}
    row={(timer) => (
      <tr key={`${timer.conversationId} ${timer.timerId}`}>
        <td>{timer.label}</td>
        <td>
          <Until at={timer.dueAt} />
        </td>
        <td>
          {isConversation(timer.kind) ? (
            <a href={paths.conversation(timer.conversationId)}>
              <bdi>{timer.conversationId}</bdi>
            </a>
          ) : (
            <bdi>{timer.conversationId}</bdi>
          )}
        </td>
      </tr>
    )}
  />
);

const Last = ({ job }: { job: JobQueue }) =>
  job.lastAt === null ? (
    <span>—</span>
  ) : (
    <span>
      <code>{job.lastState}</code> · <Since at={job.lastAt} />
    </span>
  );

export const Jobs = () => (
  <Listed
    fetch={api.queues.jobs}
    icon="queue"
    empty={t('jobsNone')}
    head={[t('jobName'), t('jobSchedule'), t('jobQueued'), t('jobActive'), t('jobFailed'), t('jobLast')]}
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
      </tr>
    )}
  />
);
