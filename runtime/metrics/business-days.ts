/** Business days as text (`2026-03-01`), their bounds, and the months they make. */
import { addDays, isoDay, localTime, momentsOf } from '../../machines/business-hours/zone.ts';

/** `2026-03-01` in the zone. `at`: ms since the epoch. */
export const dayOf = (at: number, timeZone: string): string => isoDay(localTime(at, timeZone));

const partsOf = (day: string) => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
};

export const plusDays = (day: string, days: number): string => isoDay(addDays(partsOf(day), days));

/** The day's first moment, ms since the epoch. */
export const startOf = (day: string, timeZone: string): number =>
  momentsOf({ ...partsOf(day), minute: 0 }, timeZone)[0] ?? 0;

/** From its first moment to the next day's, excluded. */
export const boundsOf = (from: string, to: string, timeZone: string) => ({
  begin: startOf(from, timeZone),
  end: startOf(plusDays(to, 1), timeZone),
});

/** Whether the calendar has such a day. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && plusDays(text, 0) === text;

/** Both included. */
export const daysBetween = (from: string, to: string): number => {
  const ms = (day: string) => Date.UTC(partsOf(day).year, partsOf(day).month - 1, partsOf(day).day);
  return Math.round((ms(to) - ms(from)) / 86_400_000) + 1;
};

export const monthOf = (day: string): string => day.slice(0, 7);

/** A range as whole months where it has some, and single days: what is read of the sums. */
export const spansOf = (from: string, to: string): readonly string[] => {
  const spans: string[] = [];
  let day = from;
  while (day <= to) {
    const { year, month } = partsOf(day);
    const next = isoDay({ year: month === 12 ? year + 1 : year, month: (month % 12) + 1, day: 1 });
    if (day.endsWith('-01') && plusDays(next, -1) <= to) {
      spans.push(monthOf(day));
      day = next;
    } else {
      spans.push(day);
      day = plusDays(day, 1);
    }
  }
  return spans;
};
