/** `BUSINESS_HOURS`: when automation may write to customers (domain: quiet hours). */
import type { BusinessHours, Opening } from '../../machines/business-hours/business-hours.ts';
import { BadValue, type Read } from './values.ts';

export type { BusinessHours, Opening } from '../../machines/business-hours/business-hours.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const PART = /^([a-z]{3})(?:-([a-z]{3}))?\s+(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/;
const EXAMPLE = 'must look like "Mon-Fri 10:00-20:00, Sat 10:00-14:00", or be always';

const minuteOf = (hour: string, minute: string): number => {
  const value = Number(hour) * 60 + Number(minute);
  if (Number(minute) > 59 || value > 1440) throw new BadValue(`has no such time: ${hour}:${minute}`);
  return value;
};

/** `Fri-Mon` runs over the end of the week. */
const daysOf = (first: string, last: string): readonly number[] => {
  const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
  if (from < 0 || to < 0) throw new BadValue(EXAMPLE);
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, offset) => ((from + offset) % 7) + 1);
};

const openingsOf = (part: string): readonly Opening[] => {
  const match = PART.exec(part.trim().toLowerCase());
  if (match === null) throw new BadValue(EXAMPLE);
  const [, first = '', last = first, fromHour = '', fromMin = '', toHour = '', toMin = ''] = match;
  const fromMinute = minuteOf(fromHour, fromMin);
  const toMinute = minuteOf(toHour, toMin);
  if (fromMinute >= toMinute)
    throw new BadValue(
      'closes before it opens: write a night shift as two parts, e.g. Mon 20:00-24:00, Tue 00:00-04:00',
    );
  return daysOf(first, last).map((weekday) => ({ weekday, fromMinute, toMinute }));
};

/** Sorted by weekday and time; overlapping openings are refused. */
export const asBusinessHours: Read<BusinessHours> = (text) => {
  if (text.trim().toLowerCase() === 'always') return 'always';
  const openings = text
    .split(',')
    .flatMap(openingsOf)
    .sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute);
  openings.forEach((opening, index) => {
    const before = openings[index - 1];
    if (before?.weekday === opening.weekday && before.toMinute > opening.fromMinute) {
      throw new BadValue('has two parts that overlap');
    }
  });
  return openings;
};
