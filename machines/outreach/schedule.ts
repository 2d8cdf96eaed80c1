/** When follow-ups are due: the delays counted from the sending of the quotation, moved into business time (domain 17.1, 17.2). */
import { type BusinessHours, nextOpening } from '../business-hours/business-hours.ts';

/** How outreach counts time; part of what a conversation is born with. */
export interface OutreachTiming {
  /** `FOLLOW_UP_DELAYS`, one to three, ms from the start of the chain. */
  readonly followUpDelaysMs: readonly number[];
  readonly hours: BusinessHours;
  /** IANA name. */
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Contract 2; for conversations that were born before outreach was told its times. */
export const DEFAULT_OUTREACH_TIMING: OutreachTiming = {
  followUpDelaysMs: [23 * HOUR_MS, 3 * DAY_MS, 7 * DAY_MS],
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 600, toMinute: 1200 })),
  timeZone: 'Asia/Dubai',
};

/** Domain 17.6: so long after the last step an unanswered quotation counts as rejected. */
export const ANSWER_PATIENCE_MS = DAY_MS;
/** Domain 18.3: feedback is asked for 24 to 48 hours after delivery. */
export const FEEDBACK_FROM_MS = DAY_MS;
export const FEEDBACK_UNTIL_MS = 2 * DAY_MS;
/** Domain 18.1. */
export const PAYMENT_PATIENCE_MS = DAY_MS;
/** Domain 17.8, days of silence. */
export const REACTIVATION_DAYS = [30, 90] as const;

/** The first moment of business time at or after `at`; `at` itself when the shop never opens (the gate has the last word). */
export const inBusinessTime = (timing: OutreachTiming, at: number): number =>
  nextOpening({ hours: timing.hours, timeZone: timing.timeZone }, at) ?? at;

/** When step 1, 2 or 3 is due, ms since the epoch; null: the shop has fewer steps. */
export const stepDue = (timing: OutreachTiming, startedAt: number, step: number): number | null => {
  const delay = timing.followUpDelaysMs[step - 1];
  return delay === undefined ? null : inBusinessTime(timing, startedAt + delay);
};

/** A step whose successor is due as well, or the last one a day late, is skipped and blocks nothing (lesson F-43). */
export const isMissed = (timing: OutreachTiming, startedAt: number, step: number, now: number): boolean => {
  const next = stepDue(timing, startedAt, step + 1);
  if (next !== null) return now >= next;
  const due = stepDue(timing, startedAt, step);
  return due !== null && now >= due + ANSWER_PATIENCE_MS;
};
