/** The mock's numbers: every metric of the product, over the days asked for, with conversations behind them. */

import { METRICS } from '../../../machines/metrics/definitions.ts';
import type { MetricsView, MetricView } from '../../../runtime/api/metrics-schemas.ts';
import { NUMBERS } from './numbers.ts';
import { iso, type MockConversation } from './world.ts';

const DAY = 24 * 3_600_000;
const LENGTHS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, all: 90 };

/** A number that looks alive and is the same each time. */
const wave = (seed: number, day: number): number => Math.round(6 + 4 * Math.sin(seed + day / 2) + (seed % 5));

const shownValue = (unit: MetricView['unit'], seed: number, days: number): number | string => {
  const sum = Array.from({ length: days }, (_, day) => wave(seed, day)).reduce(
    (total, one) => total + one,
    0,
  );
  if (unit === 'money') return (sum * 950).toFixed(2);
  if (unit === 'usd') return (sum * 0.11).toFixed(2);
  if (unit === 'percent') return 35 + (seed % 50);
  if (unit === 'ms') return 4000 + seed * 300;
  if (unit === 'score') return 20 + (seed % 9);
  return unit === 'number' ? 8 + (seed % 6) : sum;
};

/** Conversations by day, 84 in all. */
const WEEK = [10, 12, 13, 15, 14, 11, 9];

const dayOf = (at: number): string => iso(at).slice(0, 10);

export const metricsAnswer = (
  query: URLSearchParams,
  runtime: Readonly<Record<string, number>>,
  conversations: readonly MockConversation[],
  now: number,
): MetricsView => {
  const days = LENGTHS[query.get('period') ?? ''] ?? 7;
  const from = now - (days - 1) * DAY;
  const drilled = query.get('drill');
  const metrics = METRICS.map(
    (metric, seed): MetricView => ({
      id: metric.id,
      group: metric.group,
      unit: metric.unit,
      label: metric.label,
      definition: metric.text,
      source: metric.source,
      better: metric.better,
      drill: metric.drill !== null,
      value: NUMBERS[metric.id]?.[0] ?? shownValue(metric.unit, seed, days),
      previous: (NUMBERS[metric.id] ?? [null, shownValue(metric.unit, seed + 2, days)])[1],
      parts:
        metric.id === 'languages'
          ? [
              { key: 'en', n: 66, amount: null },
              { key: 'ar', n: 18, amount: null },
            ]
          : [],
    }),
  );
  return {
    runtime,
    period: {
      from: dayOf(from),
      to: dayOf(now),
      timeZone: 'Asia/Dubai',
      currency: 'AED',
      previous: { from: dayOf(from - days * DAY), to: dayOf(from - DAY) },
    },
    countedUntil: iso(now),
    metrics,
    series: Array.from({ length: days }, (_, day) => ({
      from: dayOf(from + day * DAY),
      to: dayOf(from + day * DAY),
      values: Object.fromEntries(
        METRICS.map((metric, seed) => [
          metric.id,
          metric.id === 'conversations' ? (WEEK[day % WEEK.length] ?? null) : wave(seed, day),
        ]),
      ),
    })),
    ...(drilled === null
      ? {}
      : {
          drill: {
            metric: drilled,
            items: conversations.slice(0, 12).map(({ detail }) => ({
              conversationId: detail.id,
              name: detail.name,
              known: true,
              at: detail.updatedAt,
              by: 'customer',
              key: detail.language,
              value: null,
              amount: null,
            })),
            next: null,
          },
        }),
  };
};
