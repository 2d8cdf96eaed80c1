/** The days that a request asks for. */
import { dayOf, daysBetween, isDay, plusDays } from './business-days.ts';
import type { DayRange } from './metrics-api.ts';

/** Domain 22: day, week = 7 days, month = 30 days, all; the present day is the last one. */
const DAYS = { day: 1, week: 7, month: 30 } as const;

export interface RangeQuery {
  readonly period?: 'day' | 'week' | 'month' | 'all' | undefined;
  /** `2026-03-01`, or a moment that stands for its business day. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface RangeKnown {
  readonly today: string;
  readonly firstDay: string;
  readonly timeZone: string;
  /** Days of one answer. */
  readonly maxDays: number;
}

/** What is wrong with the request: the parameter, and what to do. */
export interface RangeIssue {
  readonly path: 'from' | 'to';
  readonly message: string;
}

const readDay = (text: string, timeZone: string): string | null => {
  if (isDay(text)) return text;
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at) ? dayOf(at, timeZone) : null;
};

/** `from` and `to` go before `period`; without any of them the last seven days. */
export const readRange = (query: RangeQuery, known: RangeKnown): DayRange | RangeIssue => {
  const to = query.to === undefined ? known.today : readDay(query.to, known.timeZone);
  if (to === null) return { path: 'to', message: 'is no day of the calendar; send 2026-03-01' };
  const period = query.period ?? 'week';
  const usual = period === 'all' ? earlier(known.firstDay, to) : plusDays(to, 1 - DAYS[period]);
  const from = query.from === undefined ? usual : readDay(query.from, known.timeZone);
  if (from === null) return { path: 'from', message: 'is no day of the calendar; send 2026-03-01' };
  if (from > to) return { path: 'from', message: 'is after `to`; swap them' };
  if (daysBetween(from, to) > known.maxDays) {
    return { path: 'from', message: `is too early; ask for ${known.maxDays} days at most` };
  }
  return { from, to };
};

const earlier = (a: string, b: string): string => (a < b ? a : b);
