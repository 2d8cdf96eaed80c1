/** Numbers of the shop and of the runtime, and the conversations behind them. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import { METRICS, type MetricDefinition } from '../../../machines/metrics/definitions.ts';
import { DEFAULT_CURRENCY } from '../../../machines/money/money.ts';
import type { DrillPage } from '../../metrics/drill.ts';
import type { Metrics, MetricsReport } from '../../metrics/metrics-api.ts';
import { type RangeQuery, readRange } from '../../metrics/read-range.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt, attemptPage } from '../context.ts';
import { unprocessable } from '../errors.ts';
import { MAX_METRIC_DAYS, type MetricsView, type MetricView } from '../metrics-schemas.ts';
import { DEFAULT_PAGE } from '../requests.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

const metricView = (definition: MetricDefinition, report: MetricsReport): MetricView => {
  const { id, group, unit, label, text, source, better, drill } = definition;
  const answer = report.answers[id];
  return {
    id,
    group,
    unit,
    label,
    definition: text,
    source,
    better,
    drill: drill !== null,
    value: answer?.value ?? null,
    previous: report.previous?.answers[id]?.value ?? null,
    parts: answer?.parts ?? [],
  };
};

/** The answer of `GET /admin/metrics` without the runtime's numbers; the reports print the same. */
export const metricsView = (report: MetricsReport): Omit<MetricsView, 'runtime' | 'drill'> => ({
  period: {
    ...report.range,
    timeZone: report.timeZone,
    currency: DEFAULT_CURRENCY,
    previous: report.previous?.range ?? null,
  },
  countedUntil: report.countedUntil === 0 ? null : iso(report.countedUntil),
  metrics: METRICS.map((definition) => metricView(definition, report)),
  series: report.series.map(({ from, to, answers }) => ({
    from,
    to,
    values: Object.fromEntries(METRICS.map(({ id }) => [id, answers[id]?.value ?? null])),
  })),
});

const drillView = (metric: string, { items, next }: DrillPage): NonNullable<MetricsView['drill']> => ({
  metric,
  items: items.map((item) => ({ ...item, at: iso(item.at) })),
  next,
});

/** The asked days, or a 422 that names the parameter. */
export const rangeOr422 = Effect.fnUntraced(function* (metrics: Metrics, query: RangeQuery) {
  const range = readRange(query, {
    today: metrics.today(),
    firstDay: yield* attempt(() => metrics.firstDay()),
    timeZone: metrics.timeZone,
    maxDays: MAX_METRIC_DAYS,
  });
  return 'path' in range ? yield* Effect.fail(unprocessable([range])) : range;
});

export const metricsHandlers = (api: TreejarApi, ctx: ApiContext, metrics: Metrics) =>
  HttpApiBuilder.group(api, 'metrics', (handlers) =>
    handlers.handle(
      'metrics',
      Effect.fnUntraced(function* ({ query }) {
        const range = yield* rangeOr422(metrics, query);
        yield* attempt(() => metrics.freshen());
        const runtime = yield* attempt(() => ctx.numbers());
        const view = metricsView(yield* attempt(() => metrics.report(range)));
        const { drill } = query;
        if (drill === undefined) return { runtime, ...view };
        const page = yield* attemptPage(() =>
          metrics.drill(drill, range, {
            limit: query.limit ?? DEFAULT_PAGE,
            ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
            ...(query.key === undefined ? {} : { key: query.key }),
          }),
        );
        if (page === null) {
          const message = 'has no list behind it; ask for a metric whose `drill` is true';
          return yield* Effect.fail(unprocessable([{ path: 'drill', message }]));
        }
        return { runtime, ...view, drill: drillView(drill, page) };
      }),
    ),
  );
