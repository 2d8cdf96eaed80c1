/** The evaluation of a manager's work after a hand-over (domain 7.2-7.4): ten marks, and measures that need no model. */
import { managerRating, type Rating } from './ratings.ts';
import type { Mark } from './score.ts';

/** Domain 7.2, in its order. */
export const MANAGER_CRITERIA = [
  'Picks up where the bot stopped.',
  'Uses the context that was collected.',
  'Keeps a professional tone.',
  'Solves the reason of the escalation.',
  'Offers extras of his own accord.',
  'Handles objections.',
  'Moves towards closing.',
  'Gives complete information on price, stock, delivery and terms.',
  'Gathers data of the customer.',
  'Fixes the outcome and the next step.',
] as const;

export interface ManagerScore {
  /** 0 to 20. */
  readonly points: number;
  readonly rating: Rating;
  /** The owner is told (domain 7.3). */
  readonly isLow: boolean;
}

/** Null unless there is exactly one mark for each criterion. */
export const scoreManager = (marks: readonly Mark[]): ManagerScore | null => {
  if (marks.length !== MANAGER_CRITERIA.length) return null;
  const points = marks.reduce<number>((sum, mark) => sum + mark, 0);
  const rating = managerRating(points);
  return { points, rating, isLow: rating === 'poor' };
};

/** Domain 7.4, Q1: target of the first answer after an escalation, ms. */
export const FIRST_RESPONSE_TARGET_MS = 15 * 60_000;

/** What happened after a hand-over; times in ms since the epoch, null where it is not known. */
export interface HandOverFacts {
  readonly escalatedAt: number;
  readonly firstManagerMessageAt: number | null;
  /** Null while the CRM was not asked: unknown is not "no deal". */
  readonly dealAppeared: boolean | null;
  /** Messages of the manager until the result. */
  readonly messages: number;
  /** Plain decimal; null: no deal, or no amount in it. */
  readonly dealAmount: string | null;
}

export interface HandOverMeasures {
  /** Q1, ms; null: nobody answered. */
  readonly firstResponseMs: number | null;
  /** Null: nobody answered, so that there is nothing to compare with the target yet. */
  readonly isWithinTarget: boolean | null;
  /** Q2. */
  readonly converted: boolean | null;
  /** Q3. */
  readonly messages: number;
  /** Q4. */
  readonly dealAmount: string | null;
}

export const measureHandOver = (facts: HandOverFacts): HandOverMeasures => {
  const { escalatedAt, firstManagerMessageAt: first } = facts;
  // A manager who wrote before the escalation was recorded answered at once.
  const firstResponseMs = first === null ? null : Math.max(0, first - escalatedAt);
  return {
    firstResponseMs,
    isWithinTarget: firstResponseMs === null ? null : firstResponseMs < FIRST_RESPONSE_TARGET_MS,
    converted: facts.dealAppeared,
    messages: facts.messages,
    dealAmount: facts.dealAmount,
  };
};
