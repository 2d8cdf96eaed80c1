/** Days and times as people write them, in English and Arabic, read against a known moment and zone. Pure. */
import { addDays, isoDay, type LocalTime, localTime } from '../business-hours/zone.ts';
import { toAsciiDigits } from '../language/digits.ts';

export type Day = Pick<LocalTime, 'year' | 'month' | 'day'>;

const MONTHS: readonly (readonly string[])[] = [
  ['january', 'jan', 'يناير', 'كانون الثاني'],
  ['february', 'feb', 'فبراير', 'شباط'],
  ['march', 'mar', 'مارس', 'اذار'],
  ['april', 'apr', 'ابريل', 'نيسان'],
  ['may', 'مايو', 'ايار'],
  ['june', 'jun', 'يونيو', 'حزيران'],
  ['july', 'jul', 'يوليو', 'تموز'],
  ['august', 'aug', 'اغسطس', 'اب'],
  ['september', 'sept', 'sep', 'سبتمبر', 'ايلول'],
  ['october', 'oct', 'اكتوبر', 'تشرين الاول'],
  ['november', 'nov', 'نوفمبر', 'تشرين الثاني'],
  ['december', 'dec', 'ديسمبر', 'كانون الاول'],
];

const WEEKDAYS: readonly (readonly string[])[] = [
  ['monday', 'mon', 'الاثنين', 'الاتنين'],
  ['tuesday', 'tue', 'tues', 'الثلاثاء', 'التلات'],
  ['wednesday', 'wed', 'الاربعاء', 'الاربع'],
  ['thursday', 'thu', 'thur', 'thurs', 'الخميس'],
  ['friday', 'fri', 'الجمعه'],
  ['saturday', 'sat', 'السبت'],
  ['sunday', 'sun', 'الاحد'],
];

const wordsOf = (names: readonly (readonly string[])[]): string =>
  names
    .flat()
    .sort((a, b) => b.length - a.length)
    .join('|');
const indexIn = (names: readonly (readonly string[])[], word: string): number =>
  names.findIndex((spellings) => spellings.includes(word));

/** Lower case, ASCII digits, one spelling for each Arabic letter that habits vary. */
export const foldWords = (text: string): string =>
  toAsciiDigits(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى(?![\p{L}])/gu, 'ي')
    .replace(/ة(?![\p{L}])/gu, 'ه')
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();

const EDGE = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
const MONTH_WORDS = wordsOf(MONTHS);
const ISO_DAY = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/u;
/** Day first, as in the Emirates. */
const SLASHED = /(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/])/u;
const DAY_MONTH = new RegExp(
  `${EDGE}(\\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](${MONTH_WORDS})${END}\\.?(?:,? (\\d{4}))?`,
  'u',
);
const MONTH_DAY = new RegExp(
  `${EDGE}(${MONTH_WORDS})\\.? (\\d{1,2})(?:st|nd|rd|th)?${END}(?:,? (\\d{4}))?`,
  'u',
);
const WEEKDAY = new RegExp(`${EDGE}(${wordsOf(WEEKDAYS)})${END}`, 'u');

const isDay = ({ year, month, day }: Day): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** Without a year the next such day is meant; today counts. */
const withYear = (today: Day, month: number, day: number, year: number | null): Day | null => {
  if (year !== null) {
    const full = { year: year < 100 ? 2000 + year : year, month, day };
    return isDay(full) ? full : null;
  }
  // A 29 February may be up to eight years away; a customer who writes it means the next one or nothing.
  for (const candidate of [today.year, today.year + 1]) {
    const found = { year: candidate, month, day };
    if (isDay(found) && isoDay(found) >= isoDay(today)) return found;
  }
  return null;
};

const numberOrNull = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

/** The first calendar day that the (folded) text names: `5 March`, `2026-03-05`, `05/03`, `الخميس`; `null`: none. */
export const readDay = (folded: string, now: number, timeZone: string): Day | null => {
  const today = localTime(now, timeZone);
  const iso = ISO_DAY.exec(folded);
  if (iso) return withYear(today, Number(iso[2]), Number(iso[3]), Number(iso[1]));
  const dayMonth = DAY_MONTH.exec(folded);
  if (dayMonth) {
    const month = indexIn(MONTHS, dayMonth[2] ?? '') + 1;
    return withYear(today, month, Number(dayMonth[1]), numberOrNull(dayMonth[3]));
  }
  const monthDay = MONTH_DAY.exec(folded);
  if (monthDay) {
    const month = indexIn(MONTHS, monthDay[1] ?? '') + 1;
    return withYear(today, month, Number(monthDay[2]), numberOrNull(monthDay[3]));
  }
  const slashed = SLASHED.exec(folded);
  if (slashed) return withYear(today, Number(slashed[2]), Number(slashed[1]), numberOrNull(slashed[3]));
  const weekday = WEEKDAY.exec(folded);
  if (!weekday) return null;
  const ahead = (indexIn(WEEKDAYS, weekday[1] ?? '') + 1 - today.weekday + 7) % 7;
  // "On Monday", said on a Monday, is the next one.
  return addDays(today, ahead === 0 ? 7 : ahead);
};
