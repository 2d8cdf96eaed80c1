/**
 * When the shop is open, and when it opens next: automation writes to customers in business time only (domain 17.2).
 * Pure arithmetic over moments (ms since the epoch), the shop's hours and its zone.
 */
import { addDays, changeBetween, isoDay, localTime, momentsOf, offsetAt } from './zone.ts';

/** One opening on one weekday, minutes after midnight in the business time zone, `from` < `to` ≤ 1440. */
export interface Opening {
  /** 1 = Monday … 7 = Sunday, as in ISO 8601. */
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
}

export type BusinessHours = 'always' | readonly Opening[];

export interface Shop {
  readonly hours: BusinessHours;
  /** IANA name. */
  readonly timeZone: string;
  /** Closed all day, `yyyy-mm-dd`; a shop that is `always` open keeps no holidays either. */
  readonly holidays?: readonly string[];
}

const DAY_MS = 24 * 3_600_000;
/** A shop that stays shut for longer than this has no next opening. */
export const SEARCH_DAYS = 400;

export const isOpen = (shop: Shop, at: number): boolean => {
  if (shop.hours === 'always') return true;
  const now = localTime(at, shop.timeZone);
  return (
    !isHoliday(shop, isoDay(now)) &&
    shop.hours.some(
      (opening) =>
        opening.weekday === now.weekday && opening.fromMinute <= now.minute && now.minute < opening.toMinute,
    )
  );
};

const isHoliday = (shop: Shop, day: string): boolean => shop.holidays?.includes(day) ?? false;

/**
 * `at` itself while the shop is open, else the moment of its next opening; `null` when it does not open within
 * {@link SEARCH_DAYS} days. Days on which clocks change count with the hours that they really have.
 */
export const nextOpening = (shop: Shop, at: number): number | null => {
  if (shop.hours === 'always' || isOpen(shop, at)) return at;
  const today = localTime(at, shop.timeZone);
  for (let days = 0; days <= SEARCH_DAYS; days++) {
    const day = addDays(today, days);
    if (isHoliday(shop, isoDay(day))) continue;
    const openings = shop.hours.filter((opening) => opening.weekday === day.weekday);
    const starts = openings.flatMap(({ fromMinute }) =>
      momentsOf({ ...day, minute: fromMinute }, shop.timeZone),
    );
    const next = [...starts, ...changesAround(starts, shop.timeZone)]
      .filter((start) => start > at && isoDay(localTime(start, shop.timeZone)) === isoDay(day))
      .filter((start) => isOpen(shop, start))
      .sort((a, b) => a - b)[0];
    if (next !== undefined) return next;
  }
  return null;
};

/** When clocks go back over closing time the shop is open once more: an opening begins at the change itself. */
const changesAround = (starts: readonly number[], timeZone: string): readonly number[] =>
  starts.flatMap((start) => {
    const [from, until] = [start - DAY_MS, start + DAY_MS];
    return offsetAt(from, timeZone) === offsetAt(until, timeZone)
      ? []
      : [changeBetween(from, until, timeZone)];
  });
