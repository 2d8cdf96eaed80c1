/** Reports (domain 23): made, listed, read on the page, taken along as files. */
import { useState } from 'preact/hooks';
import { REPORT_WORDS } from '../../machines/reports/words.ts';
import { type ReportOrder, reportFile } from '../api/endpoints.ts';
import type { ReportHead } from '../api/types.ts';
import { api, appStore, toast, trouble } from '../app/services.ts';
import { Empty, Failure, Skeleton } from '../components/states.tsx';
import { TableRegion } from '../components/table-region.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { currentLocale, intlTag, LOCALE_NAMES, LOCALES, t } from '../i18n/i18n.ts';
import { daysSpan, momentOf } from '../lib/time.ts';
import { useStore } from '../lib/use-store.ts';
import { ReportPaper } from '../reports/report-paper.tsx';
import { mayWrite } from '../stores/app-store.ts';
import '../styles/reports.css';
import { PageHead } from './page-head.tsx';
import { usePages } from './use-pages.ts';

const KINDS: readonly (readonly [ReportHead['kind'], MessageKey])[] = [
  ['daily', 'reportDaily'],
  ['weekly', 'reportWeekly'],
  ['custom', 'reportCustom'],
];
/** As on the paper: what was yesterday when it was made is not yesterday now. */
const kindWord = (kind: ReportHead['kind']): string => REPORT_WORDS[currentLocale()].titles[kind];

const Maker = ({ onMade }: { onMade: (id: string) => void }) => {
  const [kind, setKind] = useState<ReportHead['kind']>('weekly');
  const [busy, setBusy] = useState(false);
  const make = (event: SubmitEvent): void => {
    event.preventDefault();
    if (busy || !(event.currentTarget instanceof HTMLFormElement)) return;
    const form = new FormData(event.currentTarget);
    const days = { from: String(form.get('from')), to: String(form.get('to')) };
    const order: ReportOrder = { kind, tell: form.has('tell'), ...(kind === 'custom' ? days : {}) };
    setBusy(true);
    api.reports
      .make(order)
      .then((report) => {
        toast('good', t('reportMade'));
        onMade(report.id);
      }, trouble)
      .finally(() => setBusy(false));
  };
  return (
    <form class="report-maker" onSubmit={make}>
      <label>
        <span>{t('reportKind')}</span>
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as ReportHead['kind'])}>
          {KINDS.map(([one, words]) => (
            <option key={one} value={one}>
              {t(words)}
            </option>
          ))}
        </select>
      </label>
      {kind === 'custom' && (
        <>
          <label>
            <span>{t('reportFrom')}</span>
            <input type="date" name="from" required />
          </label>
          <label>
            <span>{t('reportTo')}</span>
            <input type="date" name="to" required />
          </label>
        </>
      )}
      <label class="report-tell">
        <input type="checkbox" name="tell" />
        <span>{t('reportTell')}</span>
      </label>
      <button type="submit" class="button is-primary" disabled={busy}>
        {t('reportMake')}
      </button>
    </form>
  );
};

const Files = ({ id }: { id: string }) => (
  <span class="report-files">
    {LOCALES.map((locale) => (
      <a
        key={locale}
        href={reportFile(id, 'pdf', locale)}
        download
        hreflang={locale}
        title={LOCALE_NAMES[locale]}
      >
        PDF&nbsp;{locale.toUpperCase()}
      </a>
    ))}
    <a href={reportFile(id, 'csv')} download>
      CSV
    </a>
    <a href={reportFile(id, 'json')} download>
      JSON
    </a>
  </span>
);

const Row = ({
  report,
  open,
  onOpen,
}: {
  report: ReportHead;
  open: boolean;
  onOpen: (id: string) => void;
}) => (
  <tr>
    <th scope="row">
      <button type="button" class="report-open" aria-expanded={open} onClick={() => onOpen(report.id)}>
        <bdi>{daysSpan(report.from, report.to, intlTag())}</bdi>
      </button>
    </th>
    <td>{kindWord(report.kind)}</td>
    <td>{momentOf(report.madeAt, intlTag())}</td>
    <td dir="auto">{report.madeBy === 'schedule' ? t('reportBySchedule') : report.madeBy}</td>
    <td>{report.toldAt === null ? '–' : momentOf(report.toldAt, intlTag())}</td>
    <td>
      <Files id={report.id} />
    </td>
  </tr>
);

const HEADS: readonly MessageKey[] = [
  'reportDays',
  'reportKind',
  'reportMadeAt',
  'reportMadeBy',
  'reportTold',
  'reportFiles',
];

export const ReportsPage = () => {
  const pages = usePages((cursor) => api.reports.list(cursor));
  const [open, setOpen] = useState<string | null>(null);
  const writes = useStore(appStore, mayWrite);
  return (
    <div class="page">
      <PageHead title={t('reports')} lead={t('reportsLead')} />
      {writes && (
        <Maker
          onMade={(id) => {
            setOpen(id);
            pages.reload();
          }}
        />
      )}
      {pages.status === 'loading' && pages.items.length === 0 && <Skeleton rows={4} kind="row" />}
      {pages.error !== null && <Failure error={pages.error} onRetry={pages.reload} />}
      {pages.status === 'ready' && pages.items.length === 0 && (
        <Empty icon="file" title={t('reportNone')} lead={t('reportNoneLead')} />
      )}
      {pages.items.length > 0 && (
        <TableRegion label={t('reports')}>
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col">
                  {t(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pages.items.map((report) => (
              <Row
                key={report.id}
                report={report}
                open={open === report.id}
                onOpen={(id) => setOpen(open === id ? null : id)}
              />
            ))}
          </tbody>
        </TableRegion>
      )}
      {pages.hasMore && (
        <button type="button" class="button is-quiet" onClick={pages.more}>
          {t('more')}
        </button>
      )}
      {open !== null && <ReportPaper id={open} />}
    </div>
  );
};
