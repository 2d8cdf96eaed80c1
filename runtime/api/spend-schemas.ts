/** What models were asked and what it cost, as the API says it. */
import { Schema } from 'effect';

/** `GET /conversations/:id/model-calls`, oldest first. */
export const ModelCallView = Schema.Struct({
  id: Schema.String,
  job: Schema.String,
  /** RFC 3339, UTC. */
  at: Schema.String,
  /** `lost`: its replica died, nobody knows how it ended. */
  outcome: Schema.Literals(['running', 'answered', 'failed', 'interrupted', 'lost']),
  errorClass: Schema.NullOr(Schema.String),
  model: Schema.NullOr(Schema.String),
  provider: Schema.NullOr(Schema.String),
  generationId: Schema.NullOr(Schema.String),
  /** `section@version`. */
  promptVersions: Schema.Array(Schema.String),
  promptTokens: Schema.Int,
  cachedTokens: Schema.Int,
  completionTokens: Schema.Int,
  /** Part of the completion tokens. */
  reasoningTokens: Schema.Int,
  /** Plain decimal US dollars; null while it runs and when the bill never came. */
  costUsd: Schema.NullOr(Schema.String),
  durationMs: Schema.NullOr(Schema.Int),
  finishReason: Schema.NullOr(Schema.String),
});
export type ModelCallView = typeof ModelCallView.Type;

/** One job on one business day. */
export const SpendLine = Schema.Struct({
  day: Schema.String,
  job: Schema.String,
  calls: Schema.Int,
  failed: Schema.Int,
  /** Ended without a bill; the budget counts each as the job's mean call of the day. */
  unbilled: Schema.Int,
  promptTokens: Schema.Int,
  cachedTokens: Schema.Int,
  completionTokens: Schema.Int,
  reasoningTokens: Schema.Int,
  costUsd: Schema.String,
});
export type SpendLine = typeof SpendLine.Type;

/** `GET /admin/spend`. */
export const SpendView = Schema.Struct({
  from: Schema.String,
  to: Schema.String,
  items: Schema.Array(SpendLine),
  /** Billed, plain decimal US dollars. */
  totalUsd: Schema.String,
});
