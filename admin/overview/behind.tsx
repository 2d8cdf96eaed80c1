/** What is behind a number: what it means, its days, its parts, and the conversations themselves. */
import type { MetricsAsk } from '../api/house.ts';
import type { DrillItem, Metric, MetricsAnswer } from '../api/types.ts';
import { paths } from '../app/paths.ts';
import { api } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Since } from '../components/ticking.tsx';
import { intlTag, number, t } from '../i18n/i18n.ts';
import { dayOrMonth } from '../lib/time.ts';
import { Listed } from '../queues/listed.tsx';
import { Chart } from './chart.tsx';
import { metricDefinition, metricLabel } from './labels.ts';
import { numberOf, type Words, writtenOf } from './values.ts';

const COUNTED: ReadonlySet<Metric['unit']> = new Set(['count', 'money', 'usd']);

const Parts = ({ parts }: { parts: Metric['parts'] }) => (
  <ul class="metric-parts">
    {parts.map((part) => (
      <li key={part.key}>
        <bdi>
          {part.key === ''
            ? t('metricNone')
            : part.name === undefined
              ? partWord(part.key)
              : `${part.name} · ${part.key}`}
        </bdi>{' '}
        <strong>{number(part.n)}</strong>
      </li>
    ))}
  </ul>
);

const languages = new Set(['en', 'ar', 'ru']);

/** A language by its name, anything else as it was counted. */
const partWord = (key: string): string =>
  languages.has(key) ? (new Intl.DisplayNames([intlTag()], { type: 'language' }).of(key) ?? key) : key;

/** What this conversation adds to the number; null when it is only counted. */
const amountOf = (item: DrillItem, metric: Metric, words: Words): string | null => {
  if (item.amount !== null)
    return metric.unit === 'usd' ? `$${item.amount}` : `${words.currency} ${item.amount}`;
  return item.value === null ? null : writtenOf(item.value, metric.unit, words);
};

const Row = ({ item, metric, words }: { item: DrillItem; metric: Metric; words: Words }) => {
  const written = amountOf(item, metric, words);
  return (
    <tr>
      <td>
        {item.known ? (
          <a href={paths.conversation(item.conversationId)}>
            <bdi>{item.name ?? item.conversationId}</bdi>
          </a>
        ) : (
          t('metricErased')
        )}
      </td>
      <td>
        <Since at={item.at} />
      </td>
      <td>{partWord(item.key)}</td>
      <td class="is-number">{written === null ? null : <bdi>{written}</bdi>}</td>
    </tr>
  );
};

export interface BehindProps {
  readonly metric: Metric;
  readonly answer: MetricsAnswer;
  readonly ask: MetricsAsk;
  readonly words: Words;
  readonly onClose: () => void;
}

export const Behind = ({ metric, answer, ask, words, onClose }: BehindProps) => {
  const points = answer.series.map(({ from, to, values }) => ({
    from,
    name: dayOrMonth(from, to, intlTag()),
    value: numberOf(values[metric.id]),
    written: writtenOf(values[metric.id], metric.unit, words),
  }));
  return (
    <section class="card behind" aria-label={metricLabel(metric)}>
      <header class="behind-head">
        <div>
          <h2>{metricLabel(metric)}</h2>
          <p class="quiet-note">{metricDefinition(metric)}</p>
        </div>
        <button type="button" class="icon-button" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {points.some(({ value }) => value !== null) ? (
        <Chart points={points} label={metricLabel(metric)} bars={COUNTED.has(metric.unit)} />
      ) : null}
      {metric.parts.length === 0 ? null : <Parts parts={metric.parts} />}
      {metric.drill ? (
        <Listed
          key={metric.id}
          fetch={(cursor) => api.metrics.drill(ask, metric.id, cursor)}
          icon="chats"
          empty={t('metricNobody')}
          numbers={[t('metricValue')]}
          head={[t('colCustomer'), t('auditWhen'), t('metricPart'), t('metricValue')]}
          row={(item) => (
            <Row
              key={`${item.conversationId} ${item.at} ${item.key}`}
              item={item}
              metric={metric}
              words={words}
            />
          )}
        />
      ) : null}
    </section>
  );
};
