/** Numbers as reports print them: Latin digits in every language. Pure. */
import type { MetricUnit } from '../metrics/definition.ts';
import type { ReportWords } from './words.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `1234567.5` → `1,234,567.5`; decimal text stays exact. */
const grouped = (plain: string): string => {
  const [whole = '', fraction] = plain.split('.');
  const digits = whole.replace(/\B(?=(?:\d{3}){1,12}(?!\d))/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
};

const duration = (ms: number, { units }: ReportWords): string => {
  const say = (per: number, unit: string) => `${(ms / per).toFixed(1).replace(/\.0$/, '')} ${unit}`;
  if (ms < 2 * MINUTE_MS) return say(SECOND_MS, units.s);
  if (ms < 2 * HOUR_MS) return say(MINUTE_MS, units.min);
  return ms < 2 * DAY_MS ? say(HOUR_MS, units.h) : say(DAY_MS, units.d);
};

/** What is not known is said to be so, never 0 (domain 23.1). */
export const formatValue = (
  value: number | string | null,
  unit: MetricUnit,
  words: ReportWords,
  currency: string,
): string => {
  if (value === null) return words.unknown;
  switch (unit) {
    case 'percent':
      return `${value} %`;
    case 'ms':
      return duration(Number(value), words);
    case 'money':
      return `${currency} ${grouped(String(value))}`;
    case 'usd':
      // Fractions of a cent matter only where there is no dollar.
      return `USD ${grouped(Number(value) >= 1 ? Number(value).toFixed(2) : String(value))}`;
    default:
      return grouped(String(value));
  }
};
