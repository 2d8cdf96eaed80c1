/** What can go wrong with a model call. First fork: try again, or final (wire/05 §4, lesson F-47). */
import { Schema } from 'effect';

const Usage = Schema.Struct({
  promptTokens: Schema.Number,
  completionTokens: Schema.Number,
  cachedTokens: Schema.Number,
  reasoningTokens: Schema.Number,
  costUsd: Schema.String,
});
/** As `ChatBill`. */
const Bill = Schema.Struct({
  model: Schema.String,
  provider: Schema.NullOr(Schema.String),
  generationId: Schema.NullOr(Schema.String),
  usage: Usage,
});

const common = {
  message: Schema.String,
  retryable: Schema.Boolean,
  /** What is known of the call that failed: its usage counts, whatever became of the answer. */
  bill: Schema.optionalKey(Bill),
};
/** What was billed although there is no usable answer (plain decimal US dollars), so that budgets stay true. */
const billed = { costUsd: Schema.String };

/** The connection failed, or no complete answer came in time. The call may have been billed. */
export class ChatModelUnreachable extends Schema.TaggedError<ChatModelUnreachable>()('ChatModelUnreachable', {
  ...common,
}) {}

/** 408, 5xx, or the same inside a 200 or a stream: the provider failed. */
export class ChatModelUnavailable extends Schema.TaggedError<ChatModelUnavailable>()('ChatModelUnavailable', {
  ...common,
  code: Schema.String,
  retryAfterMs: Schema.optionalKey(Schema.Number),
}) {}

/** 429: OpenRouter or every provider limits us. */
export class ChatModelRateLimited extends Schema.TaggedError<ChatModelRateLimited>()('ChatModelRateLimited', {
  ...common,
  retryAfterMs: Schema.optionalKey(Schema.Number),
}) {}

/** 401, 402: the key or the money. Nobody but an operator can help. */
export class ChatModelAccount extends Schema.TaggedError<ChatModelAccount>()('ChatModelAccount', {
  ...common,
  reason: Schema.Literals(['key', 'credits']),
}) {}

/** 400, 404, 413, 422: this request will not be served. */
export class ChatModelRejected extends Schema.TaggedError<ChatModelRejected>()('ChatModelRejected', {
  ...common,
  /** The stable `error_type` of the vendor, or `http_<status>`. */
  code: Schema.String,
}) {}

/** The content was refused: moderation, a filter or the model itself. */
export class ChatModelRefused extends Schema.TaggedError<ChatModelRefused>()('ChatModelRefused', {
  ...common,
  ...billed,
}) {}

/** The answer was cut off at the token limit: its end, perhaps a tool's arguments, is missing. */
export class ChatModelTruncated extends Schema.TaggedError<ChatModelTruncated>()('ChatModelTruncated', {
  ...common,
  ...billed,
}) {}

/** A finished answer without a text and without a tool call: a cold start does that. */
export class ChatModelEmpty extends Schema.TaggedError<ChatModelEmpty>()('ChatModelEmpty', {
  ...common,
  ...billed,
}) {}

/** Not JSON, JSON without an answer in it (a gateway spoke), or an answer that is not of the form asked for. */
export class ChatModelBadReply extends Schema.TaggedError<ChatModelBadReply>()('ChatModelBadReply', {
  ...common,
  /** Where a structured answer first fails its schema, `scores[2].value`; empty: it is no JSON at all. */
  path: Schema.optionalKey(Schema.String),
}) {}

export type ChatModelError =
  | ChatModelUnreachable
  | ChatModelUnavailable
  | ChatModelRateLimited
  | ChatModelAccount
  | ChatModelRejected
  | ChatModelRefused
  | ChatModelTruncated
  | ChatModelEmpty
  | ChatModelBadReply;
