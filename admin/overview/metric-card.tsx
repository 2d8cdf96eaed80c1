/** One number: its value, the days before, and the way to what is behind it. */
import type { Metric } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { metricDefinition, metricLabel } from './labels.ts';
import { type Change, changeOf, type Words, writtenOf } from './values.ts';

const ARROWS = { up: '↑', down: '↓', same: '=' } as const;

const Compared = ({ change, before }: { change: Change; before: string }) => (
  <span class={`metric-change is-${change.tone}`} title={t('metricBefore', { value: before })}>
    <span aria-hidden="true">{ARROWS[change.direction]}</span>{' '}
    <bdi>{change.percent === null ? before : `${Math.abs(change.percent)} %`}</bdi>
    <span class="visually-hidden"> {t('metricBefore', { value: before })}</span>
  </span>
);

export interface MetricCardProps {
  readonly metric: Metric;
  readonly words: Words;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

export const MetricCard = ({ metric, words, chosen, onChoose }: MetricCardProps) => {
  const change = changeOf(metric);
  return (
    <button
      type="button"
      class="card metric"
      data-metric={metric.id}
      aria-pressed={chosen}
      title={metricDefinition(metric)}
      onClick={onChoose}
    >
      <span class="metric-label">
        <bdi>{metricLabel(metric)}</bdi>
      </span>
      <span class="metric-value">
        <bdi>{writtenOf(metric.value, metric.unit, words)}</bdi>
        {change === null ? null : (
          <Compared change={change} before={writtenOf(metric.previous, metric.unit, words)} />
        )}
      </span>
    </button>
  );
};
