/** How much background work a run may do: little while customers are served, more while the shop is closed. */
import type { BusinessHours } from '../config.ts';

export interface Shop {
  readonly hours: BusinessHours;
  /** IANA name. */
  readonly timeZone: string;
}

/** Model calls of one run. 100 of some seconds each end well within the half hour to the next run. */
export const OPEN_LIMIT = 10;
export const CLOSED_LIMIT = 100;

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `now`: ms since the epoch. A shop that is always open works as if it were closed at no time. */
export const runLimit = (shop: Shop, now: number): number => (isOpen(shop, now) ? OPEN_LIMIT : CLOSED_LIMIT);

const isOpen = ({ hours, timeZone }: Shop, now: number): boolean => {
  if (hours === 'always') return true;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((found) => found.type === type)?.value ?? '';
  const weekday = DAYS.indexOf(part('weekday')) + 1;
  const minute = Number(part('hour')) * 60 + Number(part('minute'));
  return hours.some(
    (opening) => opening.weekday === weekday && opening.fromMinute <= minute && minute < opening.toMinute,
  );
};
