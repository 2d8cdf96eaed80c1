/** The metrics of domain 22 as the API says them. Definitions: machines/metrics/definitions.ts. */
import { Schema } from 'effect';

const Time = Schema.String;
const Day = Schema.String;
/** A number; decimal text for money and US dollars; null: not known, never 0 (domain 23.1). */
const Value = Schema.NullOr(Schema.Union([Schema.Number, Schema.String]));
const Range = Schema.Struct({ from: Day, to: Day });

export const MetricPartView = Schema.Struct({
  /** A language, a segment ('' is none), a trigger's number, a manager, an article, `follow_up:1` … */
  key: Schema.String,
  n: Schema.Number,
  /** Decimal text in the shop's currency. */
  amount: Schema.NullOr(Schema.String),
  /** Of an article that the catalog has. */
  name: Schema.optionalKey(Schema.String),
});

export const MetricView = Schema.Struct({
  id: Schema.String,
  group: Schema.Literals(['demand', 'answers', 'outcome', 'sales', 'outreach', 'quality', 'people', 'costs']),
  /** `percent`: 0 to 100. `money`: decimal text in `currency`. `usd`: decimal text. */
  unit: Schema.Literals(['count', 'percent', 'ms', 'money', 'usd', 'score', 'number']),
  label: Schema.String,
  definition: Schema.String,
  source: Schema.String,
  better: Schema.NullOr(Schema.Literals(['more', 'less'])),
  /** Whether `?drill=<id>` lists the conversations behind it. */
  drill: Schema.Boolean,
  value: Value,
  /** Of the days just before; null when it is not known. */
  previous: Value,
  /** Most first, at most 50. */
  parts: Schema.Array(MetricPartView),
});
export type MetricView = typeof MetricView.Type;

export const DrillItemView = Schema.Struct({
  conversationId: Schema.String,
  /** The customer's; null when it is not known, or the person was erased. */
  name: Schema.NullOr(Schema.String),
  /** False: the person was erased; there is nothing to open. */
  known: Schema.Boolean,
  at: Time,
  /** customer, bot, manager, job */
  by: Schema.String,
  key: Schema.String,
  value: Schema.NullOr(Schema.Number),
  amount: Schema.NullOr(Schema.String),
});

/** `GET /admin/metrics`. */
export const MetricsView = Schema.Struct({
  /** What the runtime is doing now. */
  runtime: Schema.Record(Schema.String, Schema.Number),
  /** Business days, both included. */
  period: Schema.Struct({
    from: Day,
    to: Day,
    timeZone: Schema.String,
    currency: Schema.String,
    previous: Schema.NullOr(Range),
  }),
  /** Everything before this is in the numbers; null: nothing was counted yet. */
  countedUntil: Schema.NullOr(Time),
  metrics: Schema.Array(MetricView),
  /** By day, by month when there are more than 92 days; the values of all metrics that are one number, by id. */
  series: Schema.Array(Schema.Struct({ from: Day, to: Day, values: Schema.Record(Schema.String, Value) })),
  /** With `?drill=`. */
  drill: Schema.optionalKey(
    Schema.Struct({
      metric: Schema.String,
      items: Schema.Array(DrillItemView),
      next: Schema.NullOr(Schema.String),
    }),
  ),
});
export type MetricsView = typeof MetricsView.Type;

/** Days of one answer (G10): ten years. */
export const MAX_METRIC_DAYS = 3660;

const short = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(200));
export const PERIODS = ['day', 'week', 'month', 'all'] as const;
export type Period = (typeof PERIODS)[number];

/** `from` and `to`: business days `2026-03-01`, or moments (RFC 3339), which stand for the day they lie in. */
export const MetricsQuery = {
  period: Schema.optionalKey(Schema.Literals(PERIODS)),
  from: Schema.optionalKey(short),
  to: Schema.optionalKey(short),
  drill: Schema.optionalKey(short),
  /** One part of the drilled number; '' cannot be asked for. */
  key: Schema.optionalKey(short),
  limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 }))),
  cursor: Schema.optionalKey(Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(1000))),
};
