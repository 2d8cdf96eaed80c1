/** Reports of the mock's shop: one of last week, and whatever is made here. */
import { METRICS } from '../../../machines/metrics/definitions.ts';
import type { ReportHeadView, ReportView } from '../../../runtime/api/report-schemas.ts';
import type { Asked } from './routes.ts';

const DAYS = [
  '2026-11-13',
  '2026-11-14',
  '2026-11-15',
  '2026-11-16',
  '2026-11-17',
  '2026-11-18',
  '2026-11-19',
];
const HEAD: ReportHeadView = {
  id: 'weekly:2026-11-13:2026-11-19',
  kind: 'weekly',
  from: '2026-11-13',
  to: '2026-11-19',
  madeAt: '2026-11-20T05:00:00.000Z',
  madeBy: 'schedule',
  toldAt: '2026-11-20T05:00:02.000Z',
  paperAt: '2026-11-20T05:00:04.000Z',
};

const VALUES: Readonly<Record<string, number | string>> = {
  conversations: 84,
  customers: 71,
  deals: 9,
  dealsAmount: '118450.00',
  conversion: 10.7,
  resolvedAloneShare: 78.6,
  firstAnswerP50: 3600,
  modelCost: '1.2400',
  handOvers: 15,
};

const reportOf = (head: ReportHeadView): ReportView => ({
  ...head,
  timeZone: 'Asia/Dubai',
  currency: 'AED',
  metrics: METRICS.map(({ id, unit }) => ({
    id,
    unit,
    value: VALUES[id] ?? null,
    previous: id === 'conversations' ? 79 : null,
    parts:
      id === 'handOvers'
        ? [
            { key: '3', n: 9, amount: null },
            { key: '17', n: 6, amount: null },
          ]
        : [],
  })),
  series: DAYS.map((day, i) => ({
    from: day,
    to: day,
    values: { conversations: 10 + ((i * 5) % 7), deals: i % 3, handOvers: 2 },
  })),
});

const made: ReportHeadView[] = [];

/** Null: another part of the shop answers. */
export const reportsAnswer = ({ path, method }: Asked): unknown => {
  if (!path.startsWith('/quality/reports')) return null;
  if (path === '/quality/reports' && method === 'POST') {
    const head: ReportHeadView = {
      ...HEAD,
      id: 'made-1',
      kind: 'daily',
      from: '2026-11-19',
      toldAt: null,
      paperAt: null,
      madeBy: 'Aisha Rahman',
    };
    made.unshift(head);
    return reportOf(head);
  }
  if (path === '/quality/reports') return { items: [...made, HEAD], next: null };
  const found = [...made, HEAD].find(({ id }) => path === `/quality/reports/${encodeURIComponent(id)}`);
  return found === undefined ? null : reportOf(found);
};
