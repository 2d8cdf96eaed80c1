/** What can go wrong with a transcription. First fork: try again, or ask the customer to type (domain 16.5, lesson F-40). */
import { Schema } from 'effect';

const common = {
  message: Schema.String,
  retryable: Schema.Boolean,
};

/** The connection failed, or no complete answer came in time. The call may have been billed. */
export class TranscriberUnreachable extends Schema.TaggedError<TranscriberUnreachable>()(
  'TranscriberUnreachable',
  { ...common },
) {}

/** 408, 409 or 5xx: the vendor failed. */
export class TranscriberUnavailable extends Schema.TaggedError<TranscriberUnavailable>()(
  'TranscriberUnavailable',
  { ...common, retryAfterMs: Schema.optionalKey(Schema.Number) },
) {}

/** 429 `rate_limit_exceeded`: too many requests. */
export class TranscriberRateLimited extends Schema.TaggedError<TranscriberRateLimited>()(
  'TranscriberRateLimited',
  { ...common, retryAfterMs: Schema.optionalKey(Schema.Number) },
) {}

/** 401, 402, 403 or 429 `insufficient_quota`: key, money or rights. Nobody but an operator can help. */
export class TranscriberAccount extends Schema.TaggedError<TranscriberAccount>()('TranscriberAccount', {
  ...common,
  reason: Schema.Literals(['key', 'credits', 'rights']),
}) {}

/** 400, 404, 413, 415, 422: the vendor will not transcribe this file, or does not know the model. */
export class TranscriberRejected extends Schema.TaggedError<TranscriberRejected>()('TranscriberRejected', {
  ...common,
  /** The vendor's code, or `http_<status>`. */
  code: Schema.String,
}) {}

/** The file was not sent at all: the vendor would refuse it (wire/06 §3). */
export class TranscriberUnsupported extends Schema.TaggedError<TranscriberUnsupported>()(
  'TranscriberUnsupported',
  { ...common, reason: Schema.Literals(['format', 'too_large', 'too_short']) },
) {}

/** An answer that is no transcription: a gateway spoke. */
export class TranscriberBadReply extends Schema.TaggedError<TranscriberBadReply>()('TranscriberBadReply', {
  ...common,
}) {}

export type TranscriberError =
  | TranscriberUnreachable
  | TranscriberUnavailable
  | TranscriberRateLimited
  | TranscriberAccount
  | TranscriberRejected
  | TranscriberUnsupported
  | TranscriberBadReply;
