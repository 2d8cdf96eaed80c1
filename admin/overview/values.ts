/** How a metric's value is written, compared, and put into a file: pure. */
import type { Metric, MetricsAnswer } from '../api/types.ts';

export type Value = Metric['value'];
export type Unit = Metric['unit'];

/** A number for a chart; null where nothing is known (domain 23.1). */
export const numberOf = (value: Value | undefined): number | null => {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
};

export interface Words {
  /** For `Intl`, `en-GB`. */
  readonly tag: string;
  readonly currency: string;
  readonly unknown: string;
  readonly duration: (ms: number) => string;
}

const DIGITS: Readonly<Record<Unit, number>> = {
  count: 0,
  percent: 1,
  ms: 0,
  money: 0,
  usd: 2,
  score: 1,
  number: 1,
};

export const writtenOf = (value: Value | undefined, unit: Unit, words: Words): string => {
  const number = numberOf(value);
  if (number === null) return words.unknown;
  if (unit === 'ms') return words.duration(number);
  const plain = new Intl.NumberFormat(words.tag, {
    maximumFractionDigits: DIGITS[unit],
    minimumFractionDigits: unit === 'usd' ? 2 : 0,
  }).format(number);
  if (unit === 'percent') return `${plain} %`;
  if (unit === 'money') return `${words.currency} ${plain}`;
  return unit === 'usd' ? `$${plain}` : plain;
};

export interface Change {
  /** Percent of the value before, rounded; null: there was nothing to compare with. */
  readonly percent: number | null;
  readonly direction: 'up' | 'down' | 'same';
  readonly tone: 'good' | 'bad' | 'plain';
}

/** Against the days before; null when either is not known. */
export const changeOf = ({
  value,
  previous,
  better,
}: Pick<Metric, 'value' | 'previous' | 'better'>): Change | null => {
  const now = numberOf(value);
  const then = numberOf(previous);
  if (now === null || then === null) return null;
  const direction = now > then ? 'up' : now < then ? 'down' : 'same';
  const percent = then === 0 ? null : Math.round(((now - then) / Math.abs(then)) * 100);
  const good = (direction === 'up') === (better === 'more');
  const tone = direction === 'same' || better === null ? 'plain' : good ? 'good' : 'bad';
  return { percent, direction, tone };
};

/** A cell of a CSV file (RFC 4180); what a spreadsheet would run as a formula is kept as text. */
export const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The period's numbers, a row each, with the days as columns. */
export const csvOf = ({ metrics, series, period }: MetricsAnswer): string => {
  const head = [
    'metric',
    'label',
    'unit',
    `${period.from}..${period.to}`,
    'previous',
    ...series.map(({ from }) => from),
  ];
  const rows = metrics.map((metric) => [
    metric.id,
    metric.label,
    metric.unit === 'money' ? period.currency : metric.unit,
    String(metric.value ?? ''),
    String(metric.previous ?? ''),
    ...series.map(({ values }) => String(values[metric.id] ?? '')),
  ]);
  return [head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
};
