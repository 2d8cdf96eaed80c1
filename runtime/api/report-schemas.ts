/** Reports as the API takes and says them (domain 23). */
import { Schema } from 'effect';
import { REPORT_LANGUAGES } from '../../machines/reports/content.ts';
import { MetricPartView, MetricsQuery, PERIODS } from './metrics-schemas.ts';

const Day = Schema.String;
const Time = Schema.String;
const Value = Schema.NullOr(Schema.Union([Schema.Number, Schema.String]));

const head = {
  id: Schema.String,
  kind: Schema.Literals(['daily', 'weekly', 'custom']),
  /** Business days, both included. */
  from: Day,
  to: Day,
  madeAt: Time,
  /** A person's name, or `schedule`. */
  madeBy: Schema.String,
  /** When the managers' group was told; null: it was not. */
  toldAt: Schema.NullOr(Time),
  /** When it got the paper; null: it did not. */
  paperAt: Schema.NullOr(Time),
};

/** `GET /quality/reports`, newest first. */
export const ReportHeadView = Schema.Struct(head);
export type ReportHeadView = typeof ReportHeadView.Type;

/** The numbers as they were when it was made; null: not known. Units: those of `GET /admin/metrics`. */
export const ReportView = Schema.Struct({
  ...head,
  timeZone: Schema.String,
  currency: Schema.String,
  metrics: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      unit: Schema.String,
      value: Value,
      previous: Value,
      parts: Schema.Array(MetricPartView),
    }),
  ),
  series: Schema.Array(Schema.Struct({ from: Day, to: Day, values: Schema.Record(Schema.String, Value) })),
});
export type ReportView = typeof ReportView.Type;

/** `daily` is about yesterday, `weekly` about the seven days before today; `from` and `to` name any others. */
export const ReportBody = Schema.Struct({
  kind: Schema.optionalKey(Schema.Literals(['daily', 'weekly', 'custom'])),
  period: Schema.optionalKey(Schema.Literals(PERIODS)),
  from: MetricsQuery.from,
  to: MetricsQuery.to,
  /** Also to the managers' Telegram group. */
  tell: Schema.optionalKey(Schema.Boolean),
});

/** An id, or an id with `.pdf`, `.csv` or `.json`. */
export const ReportParams = { file: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(200)) };
/** Of the PDF. */
export const ReportQuery = { lang: Schema.optionalKey(Schema.Literals(REPORT_LANGUAGES)) };
