/** How much background work a run may do: little while customers are served, more while the shop is closed. */
import { isOpen, type Shop } from '../../machines/business-hours/business-hours.ts';

export type { Shop } from '../../machines/business-hours/business-hours.ts';

/** Model calls of one run. 100 of some seconds each end well within the half hour to the next run. */
export const OPEN_LIMIT = 10;
export const CLOSED_LIMIT = 100;

/** `now`: ms since the epoch. A shop that is always open works as if it were closed at no time. */
export const runLimit = (shop: Shop, now: number): number => (isOpen(shop, now) ? OPEN_LIMIT : CLOSED_LIMIT);
