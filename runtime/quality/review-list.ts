/** The list of reviews, kept in the commit that moves their actors. */
import { plainSum } from '../../machines/quality/plain-sum.ts';
import { dialogueRating } from '../../machines/quality/ratings.ts';
import { marksOf } from '../../machines/quality/verdict.ts';
import type { ReviewContext } from '../../machines/review/machine.ts';
import type { ReviewFacts, ReviewResult } from '../../machines/review/result.ts';
import type { AppliedStep, Projection } from '../engine/types.ts';

interface Scored {
  readonly total: number | null;
  readonly ceiling: number | null;
  readonly rating: string | null;
  readonly plain_sum: number | null;
  readonly manager: string | null;
  readonly flags: readonly string[];
  readonly detail: object | null;
}

const UNSCORED: Scored = {
  total: null,
  ceiling: null,
  rating: null,
  plain_sum: null,
  manager: null,
  flags: [],
  detail: null,
};

/** The most that a manager's work can be given (domain 7.2). */
const MANAGER_POINTS = 20;

const scored = (result: ReviewResult | null, facts: ReviewFacts | null): Scored => {
  switch (result?.scope) {
    case 'bot': {
      const { score, verdict } = result;
      return {
        ...UNSCORED,
        total: score.total,
        ceiling: score.ceiling,
        rating: dialogueRating(score),
        plain_sum: plainSum(marksOf(verdict)).points,
        detail: { blocks: score.blocks, coverage: score.coverage, verdict },
      };
    }
    case 'manager': {
      const { score, verdict, manager, measures } = result;
      return {
        ...UNSCORED,
        total: score.points,
        ceiling: MANAGER_POINTS,
        rating: score.rating,
        manager,
        detail: { measures, verdict },
      };
    }
    case 'flags':
      return {
        ...UNSCORED,
        flags: result.flags.map(({ flag }) => flag),
        detail: { flags: result.flags },
      };
    default:
      // Q1 to Q4 need no judge: they stand even when none could be asked.
      return facts?.scope === 'manager'
        ? { ...UNSCORED, manager: facts.manager, detail: { measures: facts.measures } }
        : UNSCORED;
  }
};

/** Ten decimals are far below a cent of any reading. */
const costOf = ({ readings }: ReviewContext): string | null => {
  const billed = readings.flatMap(({ costUsd }) => (costUsd === null ? [] : [Number(costUsd)]));
  return billed.length === 0 ? null : billed.reduce((sum, cost) => sum + cost, 0).toFixed(10);
};

export const reviewRow = ({ row, snapshot }: AppliedStep) => {
  const context = snapshot.context as ReviewContext;
  const { result } = context;
  return {
    review_id: row.actorId,
    scope: context.scope,
    conversation_id: context.conversationId,
    activity_at: context.activityAt,
    state: String(snapshot.value),
    asked_at: context.askedAt,
    updated_at: row.at,
    ...scored(result, context.facts),
    readings: context.readings.length,
    lowest: result?.spread.lowest ?? null,
    highest: result?.spread.highest ?? null,
    cost_usd: costOf(context),
    model: result?.model ?? null,
    prompt_version: result?.promptVersion ?? null,
    reason: context.reason,
  };
};

/** One row an actor: of several steps in a batch the last one tells. */
export const reviewList: Projection = {
  name: 'review list',
  rows: (steps) => [...new Map(steps.map((step) => [step.row.actorId, reviewRow(step)])).values()],
  sql: `insert into quality_review (review_id, scope, conversation_id, activity_at, state, asked_at, updated_at, total,
      ceiling, rating, plain_sum, manager, flags, readings, lowest, highest, cost_usd, model, prompt_version, detail, reason)
    select review_id, scope, conversation_id, activity_at, state, asked_at, updated_at, total, ceiling, rating, plain_sum,
      manager, flags, readings, lowest, highest, cost_usd, model, prompt_version, detail, reason
    from jsonb_to_recordset($1) as r (review_id text, scope text, conversation_id text, activity_at bigint, state text,
      asked_at bigint, updated_at bigint, total numeric, ceiling numeric, rating text, plain_sum smallint, manager text,
      flags text[], readings smallint, lowest numeric, highest numeric, cost_usd numeric, model text,
      prompt_version text, detail jsonb, reason text)
    on conflict (review_id) do update set state = excluded.state, asked_at = excluded.asked_at,
      updated_at = excluded.updated_at, total = excluded.total, ceiling = excluded.ceiling, rating = excluded.rating,
      plain_sum = excluded.plain_sum, manager = excluded.manager, flags = excluded.flags, readings = excluded.readings,
      lowest = excluded.lowest, highest = excluded.highest, cost_usd = excluded.cost_usd, model = excluded.model,
      prompt_version = excluded.prompt_version, detail = excluded.detail, reason = excluded.reason`,
};
