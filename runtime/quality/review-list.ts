/** The list of reviews, kept in the commit that moves their actors. */
import { plainSum } from '../../machines/quality/plain-sum.ts';
import { dialogueRating } from '../../machines/quality/ratings.ts';
import { marksOf } from '../../machines/quality/verdict.ts';
import type { ReviewContext } from '../../machines/review/machine.ts';
import type { AppliedStep, Projection } from '../engine/types.ts';

export const reviewRow = ({ row, snapshot }: AppliedStep) => {
  const context = snapshot.context as ReviewContext;
  const { result } = context;
  return {
    review_id: row.actorId,
    conversation_id: context.conversationId,
    activity_at: context.activityAt,
    state: String(snapshot.value),
    asked_at: context.askedAt,
    updated_at: row.at,
    total: result?.score.total ?? null,
    ceiling: result?.score.ceiling ?? null,
    rating: result ? dialogueRating(result.score) : null,
    plain_sum: result ? plainSum(marksOf(result.verdict)).points : null,
    readings: context.readings.length,
    lowest: result?.spread.lowest ?? null,
    highest: result?.spread.highest ?? null,
    model: result?.model ?? null,
    prompt_version: result?.promptVersion ?? null,
    detail: result
      ? { blocks: result.score.blocks, coverage: result.score.coverage, verdict: result.verdict }
      : null,
    reason: context.reason,
  };
};

/** One row an actor: of several steps in a batch the last one tells. */
export const reviewList: Projection = {
  name: 'review list',
  rows: (steps) => [...new Map(steps.map((step) => [step.row.actorId, reviewRow(step)])).values()],
  sql: `insert into quality_review (review_id, conversation_id, activity_at, state, asked_at, updated_at, total, ceiling,
      rating, plain_sum, readings, lowest, highest, model, prompt_version, detail, reason)
    select review_id, conversation_id, activity_at, state, asked_at, updated_at, total, ceiling, rating, plain_sum,
      readings, lowest, highest, model, prompt_version, detail, reason
    from jsonb_to_recordset($1) as r (review_id text, conversation_id text, activity_at bigint, state text,
      asked_at bigint, updated_at bigint, total numeric, ceiling numeric, rating text, plain_sum smallint,
      readings smallint, lowest numeric, highest numeric, model text, prompt_version text, detail jsonb, reason text)
    on conflict (review_id) do update set state = excluded.state, asked_at = excluded.asked_at,
      updated_at = excluded.updated_at, total = excluded.total, ceiling = excluded.ceiling, rating = excluded.rating,
      plain_sum = excluded.plain_sum, readings = excluded.readings, lowest = excluded.lowest,
      highest = excluded.highest, model = excluded.model, prompt_version = excluded.prompt_version,
      detail = excluded.detail, reason = excluded.reason`,
};
