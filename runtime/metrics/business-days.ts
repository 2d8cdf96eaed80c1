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

/** The parts of a month that have sums of their own: its days 1 to 10, 11 to 20, and the rest. */
const THIRDS = [
  ['01', '10'],
  ['11', '20'],
  ['21', '31'],
] as const;

/** Names a third: `2026-03~2`. In the order of bytes it stands behind every day of its month. */
export const thirdOf = (day: string): string => {
  const date = Number(day.slice(8));
  return `${monthOf(day)}~${date > 20 ? 3 : date > 10 ? 2 : 1}`;
};

/** The days of a third, both included; `2026-02-31` is only a bound of text. Null: it is none. */
export const daysOfThird = (span: string): { readonly first: string; readonly last: string } | null => {
  const [month, which] = span.split('~');
  const third = THIRDS[Number(which) - 1];
  return third ? { first: `${month}-${third[0]}`, last: `${month}-${third[1]}` } : null;
};

/** A range as whole months where it has some, then thirds of months, and single days: what is read of the sums. */
export const spansOf = (from: string, to: string): readonly string[] => {
  const spans: string[] = [];
  let day = from;
  while (day <= to) {
    const { year, month } = partsOf(day);
    const next = isoDay({ year: month === 12 ? year + 1 : year, month: (month % 12) + 1, day: 1 });
    const third = daysOfThird(thirdOf(day));
    // The last third ends with its month, whatever that's length.
    const afterThird = third?.last.endsWith('-31') ? next : plusDays(third?.last ?? day, 1);
    if (day.endsWith('-01') && plusDays(next, -1) <= to) {
      spans.push(monthOf(day));
      day = next;
    } else if (day === third?.first && plusDays(afterThird, -1) <= to) {
      spans.push(thirdOf(day));
      day = afterThird;
    } else {
      spans.push(day);
      day = plusDays(day, 1);
    }
  }
  return spans;
};
