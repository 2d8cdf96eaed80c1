/** Reviews as the API uses them: lists, evidence, prices, and runs by hand. */
import type pg from 'pg';
import { type ReviewScope, reviewId } from '../../machines/review/review-id.ts';
import type { QualityApi, Refused } from '../api/deps.ts';
import { MAX_BY_HAND, type ReviewBody, type ReviewView } from '../api/quality-schemas.ts';
import type { ReviewScopeSettings } from '../api/review-settings-schema.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock, EngineApi } from '../engine/types.ts';
import { subjectByHand } from './by-hand.ts';
import { askReviews, type DueReview, findDue, reviewsPerRun } from './due-reviews.ts';
import { policyOf, settingsOf } from './judge-policy.ts';
import { managerDigest } from './manager-digest.ts';
import { reviewBudgets } from './review-budget.ts';
import { costOf } from './review-cost.ts';
import { findReview, listReviews, type ReviewRow, reviewDetail, reviewView } from './review-views.ts';

export interface QualityApiOptions {
  readonly pool: pg.Pool;
  readonly engine: Pick<EngineApi, 'deliver'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  readonly timeZone: string;
  /** `OPENROUTER_JUDGE_MODEL`. */
  readonly model: string;
}

const TRANSCRIPTS_OFF: Refused = {
  refused: {
    code: 'transcripts_off',
    message: 'The settings let no model read what customers write; choose "summary" or "full" (reviews).',
  },
};
const SWITCHED_OFF: Refused = {
  refused: {
    code: 'reviews_disabled',
    message: 'Reviews of this kind are switched off; choose "manual" or more in the settings (reviews).',
  },
};

/** Asked for and neither done nor on its way: a person may ask again. */
const mayAskAgain = (row: ReviewRow): boolean => row.state === 'failed';

/** As it is until the engine has taken the request in. */
const expected = ({ scope, conversationId, activityAt }: DueReview): ReviewView => ({
  id: reviewId({ scope, conversationId, activityAt }),
  scope,
  conversationId,
  customer: null,
  manager: null,
  state: 'due',
  activityAt: new Date(activityAt).toISOString(),
  askedAt: null,
  updatedAt: null,
  score: null,
  spread: { readings: 0, lowest: null, highest: null },
  coverage: null,
  flags: [],
  measures: null,
  model: null,
  promptVersion: null,
  costUsd: null,
  reason: null,
});

const withWishes = (
  chosen: ReviewScopeSettings,
  { readings, transcript }: Pick<ReviewBody, 'readings' | 'transcript'>,
): ReviewScopeSettings => ({
  ...chosen,
  readings: readings ?? chosen.readings,
  transcript: transcript ?? chosen.transcript,
});

export const makeQualityApi = (options: QualityApiOptions): QualityApi => {
  const { pool, settings, clock } = options;
  const chosenFor = async (scope: ReviewScope) => settingsOf(await settings.get(), scope);

  const ask: QualityApi['ask'] = async (body) => {
    const scope = body.scope ?? 'bot';
    const chosen = await chosenFor(scope);
    if (chosen.transcript === 'disabled') return TRANSCRIPTS_OFF;
    const subject = await subjectByHand(pool, scope, body.conversationId);
    if (subject === null || 'refused' in subject) return subject;
    const known = await findReview(pool, reviewId(subject));
    if (known !== null && !mayAskAgain(known)) return reviewView(known);
    const due = { ...subject, askedBefore: known?.asked_at ?? null };
    // By hand is of no run: it is one review, and the day's limits hold for it as well.
    await askReviews(options, [due], withWishes(chosen, body), null);
    return { ...expected(due), askedAt: new Date(clock.now()).toISOString() };
  };

  const preview: QualityApi['preview'] = async (query) => {
    const scope = query.scope ?? 'bot';
    const all = await settings.get();
    const now = clock.now();
    const policy = policyOf(all, scope, options, now);
    const chosen = withWishes(settingsOf(all, scope), query);
    if (!policy.showsTranscripts) return TRANSCRIPTS_OFF;
    const one =
      query.conversation === undefined ? undefined : await subjectByHand(pool, scope, query.conversation);
    if (one === null || (one !== undefined && 'refused' in one)) return one;
    const most = Math.min(query.limit ?? MAX_BY_HAND, MAX_BY_HAND, reviewsPerRun(chosen));
    const known = one === undefined ? null : await findReview(pool, reviewId(one));
    const isKnown = known !== null && !mayAskAgain(known);
    const due = one === undefined ? await findDue(options, scope, most) : isKnown ? [] : [one];
    const cost = await costOf(pool, {
      scope,
      due,
      readings: chosen.readings,
      extent: chosen.transcript === 'full' ? 'full' : 'summary',
      model: policy.model,
      dayBeganAt: policy.dayBeganAt,
      scopeUsd: policy.dayUsd,
      allUsd: all.reviews.dailyBudgetUsd,
    });
    return {
      scope,
      model: policy.model,
      reviews: due.length,
      readings: chosen.readings,
      calls: due.length * chosen.readings,
      ...cost,
      isKnown,
    };
  };

  return {
    list: (query) => listReviews(pool, query),
    detail: (id) => reviewDetail(pool, id),
    ask,
    preview,
    run: async (scope, limit) => {
      const chosen = await chosenFor(scope);
      if (chosen.mode === 'disabled') return SWITCHED_OFF;
      if (chosen.transcript === 'disabled') return TRANSCRIPTS_OFF;
      const run = `${scope}:${clock.now()}:by-hand`;
      const most = Math.min(limit ?? MAX_BY_HAND, MAX_BY_HAND, reviewsPerRun(chosen));
      return { asked: await askReviews(options, await findDue(options, scope, most), chosen, run), run };
    },
    budgets: async () => reviewBudgets(pool, await settings.get(), { ...options, now: clock.now() }),
    managers: (since, until) => managerDigest(pool, since, until),
  };
};
