/** What can go wrong with fetching a customer's file. First fork: try again, or tell the customer (lesson F-41). */
import { Schema } from 'effect';

const common = {
  message: Schema.String,
  retryable: Schema.Boolean,
};

/** The link does not lead to where customers' files are, or it leads into a private network. */
export class MediaForbidden extends Schema.TaggedError<MediaForbidden>()('MediaForbidden', { ...common }) {}

/** The store has no such file, or does not give it out: links expire. */
export class MediaGone extends Schema.TaggedError<MediaGone>()('MediaGone', {
  ...common,
  status: Schema.Number,
}) {}

/** Larger than the limit, or empty. */
export class MediaSize extends Schema.TaggedError<MediaSize>()('MediaSize', {
  ...common,
  reason: Schema.Literals(['too_large', 'empty']),
}) {}

/** The bytes are of another kind than was asked for. */
export class MediaUnexpected extends Schema.TaggedError<MediaUnexpected>()('MediaUnexpected', {
  ...common,
  /** By its bytes. */
  mime: Schema.String,
}) {}

/** The store failed, broke off or took too long. */
export class MediaUnavailable extends Schema.TaggedError<MediaUnavailable>()('MediaUnavailable', {
  ...common,
  retryAfterMs: Schema.optionalKey(Schema.Number),
}) {}

export type MediaError = MediaForbidden | MediaGone | MediaSize | MediaUnexpected | MediaUnavailable;
