/** The shop in numbers (domain 22): each with the days before, its chart, and the conversations behind it. */
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/error.ts';
import type { MetricsAsk } from '../api/house.ts';
import type { Metric, MetricsAnswer } from '../api/types.ts';
import { api } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Failure, Skeleton } from '../components/states.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, t, units } from '../i18n/i18n.ts';
import { formatDuration } from '../lib/time.ts';
import { Behind } from '../overview/behind.tsx';
import { MetricCard } from '../overview/metric-card.tsx';
import { NowPanel } from '../overview/now-panel.tsx';
import { csvOf, type Words } from '../overview/values.ts';
import '../styles/house.css';
import '../styles/operations.css';
import '../styles/overview.css';
import { PageHead } from './page-head.tsx';

const PERIODS: readonly (readonly [string, MessageKey])[] = [
  ['day', 'periodDay'],
  ['week', 'periodWeek'],
  ['month', 'periodMonth'],
  ['all', 'periodAll'],
];
const GROUPS: readonly (readonly [Metric['group'], MessageKey])[] = [
  ['demand', 'groupDemand'],
  ['answers', 'groupAnswers'],
  ['outcome', 'groupOutcome'],
  ['sales', 'groupSales'],
  ['outreach', 'groupOutreach'],
  ['quality', 'groupQuality'],
  ['people', 'groupPeople'],
  ['costs', 'groupCosts'],
];

const useMetrics = (ask: MetricsAsk) => {
  const [answer, setAnswer] = useState<MetricsAnswer | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    let wanted = true;
    api.metrics.read(ask).then(
      (now) => {
        if (!wanted) return;
        setAnswer(now);
        setError(null);
      },
      (cause: unknown) => {
        if (!(cause instanceof ApiError)) throw cause;
        if (wanted) setError(cause);
      },
    );
    return () => {
      wanted = false;
    };
  }, [ask.period, ask.from, ask.to, again]);
  return { answer, error, reload: () => setAgain((count) => count + 1) };
};

const download = (answer: MetricsAnswer): void => {
  // A byte order mark: Excel reads Arabic right only with one.
  const url = URL.createObjectURL(new Blob(['\ufeff', csvOf(answer)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `treejar-${answer.period.from}-${answer.period.to}.csv`;
  link.click();
  URL.revokeObjectURL(url);
};

const PeriodChoice = ({ ask, onAsk }: { ask: MetricsAsk; onAsk: (ask: MetricsAsk) => void }) => (
  <div class="periods">
    <fieldset class="segments" aria-label={t('period')}>
      {PERIODS.map(([period, words]) => (
        <label key={period} class="segment">
          <input
            type="radio"
            name="period"
            checked={ask.period === period}
            onChange={() => onAsk({ period })}
          />
          <span>{t(words)}</span>
        </label>
      ))}
    </fieldset>
    {(['from', 'to'] as const).map((end) => (
      <label key={end} class="period-day">
        <span>{t(end === 'from' ? 'periodFrom' : 'periodTo')}</span>
        <input
          type="date"
          value={ask[end] ?? ''}
          onChange={(event) => {
            const day = event.currentTarget.value;
            if (day !== '') onAsk({ from: ask.from ?? day, to: ask.to ?? day, [end]: day });
          }}
        />
      </label>
    ))}
  </div>
);

export const OverviewPage = () => {
  const [ask, setAsk] = useState<MetricsAsk>({ period: 'week' });
  const [chosen, setChosen] = useState<string | null>(null);
  const { answer, error, reload } = useMetrics(ask);
  const words: Words = {
    tag: intlTag(),
    currency: answer?.period.currency ?? '',
    unknown: t('metricUnknown'),
    duration: (ms) => formatDuration(ms, units()),
  };
  const metric = answer?.metrics.find(({ id }) => id === chosen);
  return (
    <div class="page overview">
      <PageHead title={t('overview')} lead={t('overviewLead')}>
        <PeriodChoice ask={ask} onAsk={setAsk} />
        <button
          type="button"
          class="button"
          disabled={answer === null}
          onClick={() => answer && download(answer)}
        >
          <Icon name="download" />
          CSV
        </button>
      </PageHead>
      {error === null ? null : <Failure error={error} onRetry={reload} />}
      {answer === null && error === null ? <Skeleton rows={6} kind="row" /> : null}
      {answer === null || metric === undefined ? null : (
        <Behind metric={metric} answer={answer} ask={ask} words={words} onClose={() => setChosen(null)} />
      )}
      {answer === null
        ? null
        : GROUPS.map(([group, label]) => {
            const inGroup = answer.metrics.filter((one) => one.group === group);
            return inGroup.length === 0 ? null : (
              <section key={group} class="ops-section">
                <h2>{t(label)}</h2>
                <div class="metrics">
                  {inGroup.map((one) => (
                    <MetricCard
                      key={one.id}
                      metric={one}
                      words={words}
                      chosen={one.id === chosen}
                      onChoose={() => setChosen(one.id === chosen ? null : one.id)}
                    />
                  ))}
                </div>
              </section>
            );
          })}
      <NowPanel />
    </div>
  );
};
