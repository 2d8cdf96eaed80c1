/** Settings of recommending (domain 13): whether alternatives are offered, and what goes with what. */
import { Schema } from 'effect';
import { DEFAULT_COMPLEMENTS } from '../../machines/recommendations/complements.ts';

/** Words of a category or a name, at least one letter or digit. */
const Words = Schema.String.check(
  Schema.isMaxLength(80),
  Schema.isPattern(/[\p{L}\p{N}]/u, { message: 'Expected words of a category, as in "ergonomic chair"' }),
);
const RULES_MAX = 100;
const OFFERS_MAX = 5;

export const RecommendationSettings = Schema.Struct({
  alternatives: Schema.Boolean,
  /** The first rule whose words an article answers to is its rule; the first of its offers that can be had is made. */
  complements: Schema.Array(
    Schema.Struct({
      for: Words,
      offer: Schema.Array(Words).check(Schema.isMinLength(1), Schema.isMaxLength(OFFERS_MAX)),
    }),
  ).check(Schema.isMaxLength(RULES_MAX)),
});

export const DEFAULT_RECOMMENDATIONS: typeof RecommendationSettings.Type = {
  alternatives: true,
  complements: DEFAULT_COMPLEMENTS,
};
