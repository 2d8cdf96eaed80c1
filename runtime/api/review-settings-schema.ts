/** The part of the settings that says what is reviewed, how often and for how much (domain 6.14). */
import { Schema } from 'effect';

const Count = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }));
const Amount = Schema.String.check(
  Schema.isPattern(/^\d{1,9}(\.\d{1,2})?$/, { message: 'Expected an amount, as in "1.00"' }),
);

/**
 * `disabled`: nothing but a single review that a person asks for. `manual`: also all that are due, when a person asks.
 * `daily_sample`: a few a day, drawn by lot. `scheduled`: all that are due; `automatic` is its earlier name.
 */
export const ReviewMode = Schema.Literals(['disabled', 'manual', 'daily_sample', 'scheduled', 'automatic']);

export const ReviewScopeSettings = Schema.Struct({
  mode: ReviewMode,
  /** How many reviews a day a sample has. */
  dailySample: Count(1, 1000),
  /** Readings of each: the median stands. */
  readings: Count(1, 9),
  /** US cents in a business day; null: the day's money of all reviews alone. */
  centsPerDay: Schema.NullOr(Count(0, 1_000_000)),
  /** Calls of the judge in one run of the calendar, and in a business day. */
  callsPerRun: Count(1, 10_000),
  callsPerDay: Count(1, 100_000),
  /** How much of a dialogue a model may see; a single review may be asked for with `full`, whatever stands here. */
  transcript: Schema.Literals(['disabled', 'summary', 'full']),
  /** OpenRouter's name of a model; null: `OPENROUTER_JUDGE_MODEL`. */
  model: Schema.NullOr(Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(120))),
  /** The shop's group is told of each result: a dialogue's final review, a low score of a manager, a red flag. */
  announce: Schema.Boolean,
});
export type ReviewScopeSettings = typeof ReviewScopeSettings.Type;

export const ReviewSettings = Schema.Struct({
  bot: ReviewScopeSettings,
  manager: ReviewScopeSettings,
  redFlags: ReviewScopeSettings,
  /** Of all reviews together, in a business day. */
  dailyBudgetUsd: Amount,
});

const OFF = {
  mode: 'disabled',
  dailySample: 10,
  readings: 3,
  centsPerDay: null,
  callsPerRun: 60,
  callsPerDay: 400,
  transcript: 'summary',
  model: null,
  announce: false,
} as const;

export const DEFAULT_REVIEWS: typeof ReviewSettings.Type = {
  bot: OFF,
  manager: { ...OFF, announce: true },
  // A reading of flags is a small one and is not a number that is published.
  redFlags: { ...OFF, readings: 1, announce: true },
  dailyBudgetUsd: '1.00',
};
