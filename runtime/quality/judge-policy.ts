/** Who judges and how much of it, out of the settings document (domain 6.14). */
import { Effect, Layer } from 'effect';
import { DatabaseError } from '../../actors/catalog/database.ts';
import { JudgeSettings, type ScopePolicy } from '../../actors/quality/judge-settings.ts';
import { localTime, momentsOf } from '../../machines/business-hours/zone.ts';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import type { ReviewScopeSettings } from '../api/review-settings-schema.ts';
import type { Settings } from '../api/settings-schema.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock } from '../engine/types.ts';

export interface JudgePolicyOptions {
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  /** IANA name: where the business day begins at midnight. */
  readonly timeZone: string;
  /** `OPENROUTER_JUDGE_MODEL`. */
  readonly model: string;
}

/** The settings' word for a scope. */
export const settingsOf = (
  { reviews }: Pick<Settings, 'reviews'>,
  scope: ReviewScope,
): ReviewScopeSettings => (scope === 'flags' ? reviews.redFlags : reviews[scope]);

/** Midnight of the business day in which `now` lies, ms since the epoch. */
export const dayBegan = (now: number, timeZone: string): number =>
  momentsOf({ ...localTime(now, timeZone), minute: 0 }, timeZone)[0] ?? now;

export const policyOf = (
  settings: Pick<Settings, 'reviews'>,
  scope: ReviewScope,
  { model, timeZone }: Pick<JudgePolicyOptions, 'model' | 'timeZone'>,
  now: number,
): ScopePolicy => {
  const chosen = settingsOf(settings, scope);
  return {
    model: chosen.model ?? model,
    dayUsd:
      chosen.centsPerDay === null ? settings.reviews.dailyBudgetUsd : (chosen.centsPerDay / 100).toFixed(2),
    allUsd: settings.reviews.dailyBudgetUsd,
    callsPerDay: chosen.callsPerDay,
    callsPerRun: chosen.callsPerRun,
    dayBeganAt: dayBegan(now, timeZone),
    showsTranscripts: chosen.transcript !== 'disabled',
    announces: chosen.announce,
  };
};

export const judgeSettings = (options: JudgePolicyOptions): Layer.Layer<JudgeSettings> =>
  Layer.succeed(JudgeSettings, {
    policy: (scope) =>
      Effect.tryPromise({
        try: () => options.settings.get(),
        catch: () =>
          new DatabaseError({
            message: 'The settings could not be read, so the judge was not asked; check the database.',
            retryable: true,
          }),
      }).pipe(Effect.map((settings) => policyOf(settings, scope, options, options.clock.now()))),
  });
