/** Makes reports out of the metrics, prints them, and tells the managers' group (domain 23). */
import { randomUUID } from 'node:crypto';
import { type Context, Effect } from 'effect';
import type pg from 'pg';
import { escapeHtml, type Telegram, type TelegramError } from '../../adapters/telegram/telegram.ts';
import { type PrintedReport, printReport } from '../../adapters/typst/report-pdf.ts';
import { localTime } from '../../machines/business-hours/zone.ts';
import { METRICS } from '../../machines/metrics/definitions.ts';
import { DEFAULT_CURRENCY } from '../../machines/money/money.ts';
import type { ReportContent, ReportLanguage } from '../../machines/reports/content.ts';
import { reportSheet, type SheetOptions } from '../../machines/reports/sheet.ts';
import { reportSummary } from '../../machines/reports/summary.ts';
import { reportCsv } from '../../machines/reports/table.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import { ManagersGroup } from '../desk/managers-group.ts';
import type { Clock } from '../engine/types.ts';
import { plusDays } from '../metrics/business-days.ts';
import type { DayRange, Metrics, MetricsReport } from '../metrics/metrics-api.ts';
import { makeReportStore, type ReportKind, type ReportStore, type StoredReport } from './report-store.ts';

/** The language of the managers' group. */
const TOLD_IN: ReportLanguage = 'en';

type Group = Telegram['Service'];

export interface Reports extends Pick<ReportStore, 'list' | 'read'> {
  readonly make: (order: {
    readonly kind: ReportKind;
    readonly range: DayRange;
    readonly by: string;
    /** Names it, so that it is made once; absent: a new one. */
    readonly id?: string;
  }) => Promise<StoredReport>;
  /** The days that a kind is about when none are named: yesterday, or the seven days before today. */
  readonly usualRange: (kind: 'daily' | 'weekly') => DayRange;
  /** Fails with a ReportPdfError. */
  readonly pdf: (report: StoredReport, language: ReportLanguage) => Promise<PrintedReport>;
  readonly csv: (report: StoredReport) => string;
  /**
   * Words and paper for the managers' group, each once. True: it has both, now or before; false: there is no group. Fails
   * when Telegram did not take one of them, or the press failed: told again, only what is missing is sent.
   */
  readonly tell: (report: StoredReport) => Promise<boolean>;
}

export interface ReportsOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly services: Context.Context<ManagersGroup>;
}

/** The same numbers as the admin's, by construction: both are this answer of the metrics. */
export const contentOf = ({ range, timeZone, answers, previous, series }: MetricsReport): ReportContent => ({
  period: { ...range, timeZone, currency: DEFAULT_CURRENCY },
  metrics: METRICS.map(({ id, unit }) => ({
    id,
    unit,
    value: answers[id]?.value ?? null,
    previous: previous?.answers[id]?.value ?? null,
    parts: answers[id]?.parts ?? [],
  })),
  series: series.map((point) => ({
    from: point.from,
    to: point.to,
    values: Object.fromEntries(METRICS.map(({ id }) => [id, point.answers[id]?.value ?? null])),
  })),
});

const pad = (n: number): string => String(n).padStart(2, '0');

export const makeReports = (options: ReportsOptions): Reports => {
  const { pool, clock, metrics, settings, services } = options;
  const store = makeReportStore(pool);

  const sheetOptions = async (report: StoredReport, language: ReportLanguage): Promise<SheetOptions> => {
    const { minute, year, month, day } = localTime(report.madeAt, report.content.period.timeZone);
    const time = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
    const { bot } = await settings.get();
    return {
      kind: report.kind,
      language,
      shop: bot.companyName,
      madeAt: `${year}-${pad(month)}-${pad(day)} ${time}`,
    };
  };

  const print = async (report: StoredReport, language: ReportLanguage): Promise<PrintedReport> => {
    const sheet = reportSheet(report.content, await sheetOptions(report, language));
    return Effect.runPromise(printReport({ ...sheet }));
  };

  return {
    list: store.list,
    read: store.read,
    make: async ({ kind, range, by, id = randomUUID() }) => {
      const known = await store.read(id);
      if (known) return known;
      await metrics.freshen();
      const content = contentOf(await metrics.report(range));
      await store.keep({ id, kind, ...range, madeAt: clock.now(), madeBy: by, content });
      const kept = await store.read(id);
      if (!kept) throw new Error('a report that was kept is not there; look at the database');
      return kept;
    },
    usualRange: (kind) => {
      const yesterday = plusDays(metrics.today(), -1);
      return { from: kind === 'daily' ? yesterday : plusDays(yesterday, -6), to: yesterday };
    },
    pdf: print,
    csv: (report) => reportCsv(report.content),
    tell: async (report) => {
      const words = reportSummary(report.content, await sheetOptions(report, TOLD_IN));
      const inGroup = (send: (group: Group) => Effect.Effect<unknown, TelegramError>): Promise<boolean> =>
        Effect.runPromise(
          Effect.flatMap(ManagersGroup, (group) =>
            group === null ? Effect.succeed(false) : Effect.as(send(group), true),
          ).pipe(Effect.provideContext(services)),
        );
      if (report.toldAt === null) {
        const alert = { alertId: `report:${report.id}`, html: htmlOf(words), silent: true };
        if (!(await inGroup((group) => group.sendAlert(alert)))) return false;
        await store.told(report.id, clock.now());
      }
      if (report.paperAt === null) {
        const { pdf } = await print(report, TOLD_IN);
        const paper = {
          paperId: `report-paper:${report.id}`,
          fileName: `report-${report.from}-${report.to}.pdf`,
          type: 'application/pdf',
          bytes: pdf,
          caption: `${words.title} ${words.period}`,
          silent: true,
        };
        if (!(await inGroup((group) => group.sendPaper(paper)))) return false;
        await store.papered(report.id, clock.now());
      }
      return true;
    },
  };
};

/** Sums only: there is nothing of a customer to mask. */
const htmlOf = ({ title, period, lines, reasons }: ReturnType<typeof reportSummary>): string =>
  [
    `<b>${escapeHtml(title)}</b> ${escapeHtml(period)}`,
    ...lines.map(({ label, value }) => `${escapeHtml(label)}: <b>${escapeHtml(value)}</b>`),
    ...(reasons.length > 0
      ? [`Reasons: ${reasons.map(({ label, value }) => `${escapeHtml(label)} ${value}`).join(', ')}`]
      : []),
  ].join('\n');
