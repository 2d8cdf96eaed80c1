/** Why a message was not sent to its end, where Wazzup itself refused nothing. */
import { Schema } from 'effect';

/** Some parts may have left: the next try repeats their ids, or waits for what comes back of them. */
export class SendCut extends Schema.TaggedError<SendCut>()('SendCut', {
  message: Schema.String,
  retryable: Schema.Boolean,
  /** Ms. */
  retryAfterMs: Schema.optionalKey(Schema.Number),
}) {}

/** Nothing was sent by this try: what came back of an earlier one has not been read yet. */
export class SendUnsettled extends Schema.TaggedError<SendUnsettled>()('SendUnsettled', {
  message: Schema.String,
  retryable: Schema.Boolean,
  /** Ms. */
  retryAfterMs: Schema.Number,
}) {
  /** Whoever counts attempts need not count this one. */
  readonly unsent = true;
}
