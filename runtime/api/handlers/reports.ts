/** Making, listing and printing reports (contract 3.2, domain 23). */
import { Effect } from 'effect';
import { HttpServerResponse } from 'effect/http';
import { HttpApiBuilder } from 'effect/http-api';
import type { ReportLanguage } from '../../../machines/reports/content.ts';
import type { Metrics } from '../../metrics/metrics-api.ts';
import type { ReportHead, StoredReport } from '../../reports/report-store.ts';
import type { Reports } from '../../reports/reports.ts';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt, attemptPage } from '../context.ts';
import { notFound } from '../errors.ts';
import type { ReportHeadView, ReportView } from '../report-schemas.ts';
import { DEFAULT_PAGE } from '../requests.ts';
import { rangeOr422 } from './metrics.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

const headView = ({ id, kind, from, to, madeAt, madeBy, toldAt, paperAt }: ReportHead): ReportHeadView => ({
  id,
  kind,
  from,
  to,
  madeAt: iso(madeAt),
  madeBy,
  toldAt: toldAt === null ? null : iso(toldAt),
  paperAt: paperAt === null ? null : iso(paperAt),
});

const reportView = (report: StoredReport): ReportView => ({
  ...headView(report),
  timeZone: report.content.period.timeZone,
  currency: report.content.period.currency,
  metrics: report.content.metrics,
  series: report.content.series,
});

/** `weekly:2026-03-02:2026-03-08.pdf` → the id and how it is wanted. */
const readName = (file: string): readonly [id: string, as: 'pdf' | 'csv' | 'json'] => {
  const found = /^(.+)\.(pdf|csv|json)$/.exec(file);
  return found ? [found[1] ?? '', found[2] as 'pdf' | 'csv' | 'json'] : [file, 'json'];
};

const file = (body: Uint8Array | string, type: string, { from, to }: ReportHead, end: string) =>
  HttpServerResponse.uint8Array(typeof body === 'string' ? new TextEncoder().encode(body) : body, {
    contentType: type,
    headers: {
      'content-disposition': `attachment; filename="report-${from}-${to}.${end}"`,
      'cache-control': 'private, no-store',
    },
  });

const printed = (reports: Reports, report: StoredReport, language: ReportLanguage) =>
  attempt(() => reports.pdf(report, language)).pipe(
    Effect.map(({ pdf }) => file(pdf, 'application/pdf', report, `${language}.pdf`)),
  );

export const reportsHandlers = (api: TreejarApi, ctx: ApiContext, reports: Reports, metrics: Metrics) =>
  HttpApiBuilder.group(api, 'reports', (handlers) =>
    handlers
      .handle('list', ({ query }) =>
        attemptPage(() => reports.list(query.limit ?? DEFAULT_PAGE, query.cursor)).pipe(
          Effect.map(({ items, next }) => ({ items: items.map(headView), next })),
        ),
      )
      .handle(
        'make',
        Effect.fnUntraced(function* ({ payload }) {
          const principal = yield* CurrentPrincipal;
          const { kind = 'custom', tell = false, ...asked } = payload ?? {};
          const named = asked.from !== undefined || asked.to !== undefined || asked.period !== undefined;
          const range =
            kind !== 'custom' && !named ? reports.usualRange(kind) : yield* rangeOr422(metrics, asked);
          const report = yield* attempt(() => reports.make({ kind, range, by: principal.name }));
          if (tell) yield* attempt(() => reports.tell(report));
          yield* attempt(() => ctx.audit.record(principal, { action: 'report.make', target: report.id }));
          const now = yield* attempt(() => reports.read(report.id));
          return reportView(now ?? report);
        }),
      )
      .handle(
        'read',
        Effect.fnUntraced(function* ({ params, query }) {
          const [id, as] = readName(params.file);
          const report = yield* attempt(() => reports.read(id));
          if (!report) return yield* Effect.fail(notFound('such report'));
          if (as === 'pdf') return yield* printed(reports, report, query.lang ?? 'en');
          if (as === 'csv') return file(reports.csv(report), 'text/csv; charset=utf-8', report, 'csv');
          return reportView(report);
        }),
      ),
  );
