/** What waits: what could not be done and needs a decision, follow-ups, timers, scheduled jobs. */
import { useState } from 'preact/hooks';
import { Tabs } from '../components/tabs.tsx';
import { t } from '../i18n/i18n.ts';
import { DeadLetters } from '../queues/dead-letters.tsx';
import { Jobs } from '../queues/jobs.tsx';
import { Timers } from '../queues/timers.tsx';
import { Touches } from '../queues/touches.tsx';
import '../styles/house.css';
import { PageHead } from './page-head.tsx';

type Part = 'parked' | 'touches' | 'timers' | 'jobs';

export const QueuesPage = () => {
  const [part, setPart] = useState<Part>('parked');
  const tabs = [
    ['parked', t('deadLetters')],
    ['touches', t('touches')],
    ['timers', t('armedTimers')],
    ['jobs', t('jobs')],
  ] as const;
  return (
    <div class="page">
      <PageHead title={t('queues')} lead={t('queuesLead')} />
      <Tabs label={t('queues')} tabs={tabs} chosen={part} onChoose={setPart}>
        {part === 'parked' ? <DeadLetters /> : null}
        {part === 'touches' ? <Touches /> : null}
        {part === 'timers' ? <Timers /> : null}
        {part === 'jobs' ? <Jobs /> : null}
      </Tabs>
    </div>
  );
};
