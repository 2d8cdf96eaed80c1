/** Days of a quotation: calendar dates in the shop's time zone, `2026-11-22`. */

/** Domain 9.14: a quotation is valid for 15 days. */
export const VALID_DAYS = 15;

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** The calendar date at `at` (ms since the epoch) in an IANA zone. */
export const dateIn = (at: number, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
};

/** The date `days` later. Throws `RangeError` for what is no date. */
export const addDays = (date: string, days: number): string => {
  const match = ISO_DATE.exec(date);
  const start = match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : Number.NaN;
  if (Number.isNaN(start)) throw new RangeError(`not a date: ${JSON.stringify(date)}`);
  return isoDate(start + days * DAY_MS);
};

const isoDate = (ms: number): string => dateIn(ms, 'UTC');

const MONTHS = {
  en: 'January February March April May June July August September October November December'.split(' '),
  ar: 'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر'.split(' '),
} as const;

/** `22 November 2026`, `22 نوفمبر 2026`: the month as a word, so that nobody reads day for month. */
export const writtenDate = (date: string, language: 'en' | 'ar'): string => {
  const match = ISO_DATE.exec(date);
  const month = MONTHS[language][Number(match?.[2]) - 1];
  if (!match || month === undefined) throw new RangeError(`not a date: ${JSON.stringify(date)}`);
  return `${Number(match[3])} ${month} ${match[1]}`;
};
