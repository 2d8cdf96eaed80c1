/** A report on the page: the same sheet that is typeset, so that it says the same. */
import { useEffect, useState } from 'preact/hooks';
import {
  type ReportSheet,
  reportSheet,
  type SheetBars,
  type SheetChart,
} from '../../machines/reports/sheet.ts';
import { ApiError } from '../api/error.ts';
import type { Report } from '../api/types.ts';
import { api, trouble } from '../app/services.ts';
import { Failure, Skeleton } from '../components/states.tsx';
import { currentLocale, intlTag } from '../i18n/i18n.ts';
import { daysSpan, momentOf } from '../lib/time.ts';

const sheetOf = (report: Report): ReportSheet => {
  const { kind, from, to, timeZone, currency, metrics, series } = report;
  return reportSheet(
    {
      period: { from, to, timeZone, currency },
      // Units are those of the metrics; the schema only says that they are words.
      metrics: metrics as Parameters<typeof reportSheet>[0]['metrics'],
      series,
    },
    { kind, language: currentLocale(), shop: '', madeAt: momentOf(report.madeAt, intlTag()) },
  );
};

/** Time runs from left to right in every language. */
const Chart = ({ chart }: { chart: SheetChart }) => (
  <figure class="report-chart">
    <figcaption>
      <span>{chart.title}</span> <bdi>{chart.top}</bdi>
    </figcaption>
    <div class="report-columns" dir="ltr" aria-hidden="true">
      {chart.columns.map(({ label, height }) => (
        <i key={label} title={label} style={{ blockSize: `${Math.round((height ?? 0) * 100)}%` }} />
      ))}
    </div>
  </figure>
);

const Bars = ({ bars }: { bars: SheetBars }) => (
  <div class="report-bars">
    <h4>{bars.title}</h4>
    <dl>
      {bars.bars.map(({ label, value, share }) => (
        <div key={label}>
          <dt dir="auto">{label}</dt>
          <dd>
            <i aria-hidden="true" style={{ inlineSize: `${Math.max(1, Math.round(share * 60))}%` }} />
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  </div>
);

const Paper = ({ sheet, period }: { sheet: ReportSheet; period: string }) => (
  <article class="report-paper">
    <h2>
      {sheet.title} <bdi>{period}</bdi>
    </h2>
    <dl class="report-tiles">
      {sheet.tiles.map(({ label, value, before }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <strong>
              <bdi>{value}</bdi>
            </strong>
            <small>
              {sheet.columns[2]}: <bdi>{before}</bdi>
            </small>
          </dd>
        </div>
      ))}
    </dl>
    <div class="report-charts">
      {sheet.charts.map((chart) => (
        <Chart key={chart.title} chart={chart} />
      ))}
    </div>
    {sheet.sections.map(({ title, rows, bars }) => (
      <section key={title}>
        <h3>{title}</h3>
        <div class="report-section">
          <table class="table is-plain">
            <thead>
              <tr>
                {sheet.columns.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ label, value, before }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>
                    <bdi>{value}</bdi>
                  </td>
                  <td>
                    <bdi>{before}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <div>
            {bars.map((one) => (
              <Bars key={one.title} bars={one} />
            ))}
          </div>
        </div>
      </section>
    ))}
    <p class="report-note">{sheet.note}</p>
  </article>
);

/** Loads the report `id` and shows it. */
export const ReportPaper = ({ id }: { id: string }) => {
  const [report, setReport] = useState<Report | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const load = (): void => {
    setProblem(null);
    api.reports.read(id).then(setReport, (error: unknown) => {
      if (error instanceof ApiError) setProblem(error);
      else trouble(error);
    });
  };
  useEffect(load, [id]);
  if (problem !== null) return <Failure error={problem} onRetry={load} />;
  if (report === null) return <Skeleton rows={6} kind="line" />;
  return <Paper sheet={sheetOf(report)} period={daysSpan(report.from, report.to, intlTag())} />;
};
