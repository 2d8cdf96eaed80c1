/** The shop's rules of recommending, as they are now. The runtime keeps them (settings `recommendations`). */
import { Context, type Effect } from 'effect';
import type { ComplementRule } from '../../machines/recommendations/complements.ts';

export class RecommendationRules extends Context.Service<
  RecommendationRules,
  {
    readonly now: Effect.Effect<{
      readonly alternatives: boolean;
      /** Empty: nothing is offered beside what was chosen. */
      readonly complements: readonly ComplementRule[];
    }>;
  }
>()('treejar/actors/RecommendationRules') {}
