/** Reports of the mock's shop: one of last week, and whatever is made here. */
import { METRICS } from '../../../machines/metrics/definitions.ts';
import type { ReportHeadView, ReportView } from '../../../runtime/api/report-schemas.ts';
import { NUMBERS } from './numbers.ts';
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
/** 84 in all. */
const WEEK = [10, 12, 13, 15, 14, 11, 9];
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

const reportOf = (head: ReportHeadView): ReportView => ({
  ...head,
  timeZone: 'Asia/Dubai',
  currency: 'AED',
  metrics: METRICS.map(({ id, unit }) => ({
    id,
    unit,
    value: NUMBERS[id]?.[0] ?? null,
    previous: NUMBERS[id]?.[1] ?? null,
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
    values: {
      conversations: WEEK[i] ?? null,
      deals: [1, 2, 0, 1, 3, 1, 1][i] ?? null,
      handOvers: [2, 3, 1, 4, 2, 1, 2][i] ?? null,
    },
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
