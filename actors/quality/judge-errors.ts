/** What can go wrong with a reading beyond the model call itself. First fork: ask again, or give up. */
import { Schema } from 'effect';

/** The judge answered, and its evidence or its form cannot be believed. Retryable while tries are left. */
export class VerdictRefused extends Schema.TaggedError<VerdictRefused>()('VerdictRefused', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** The process died, or was stopped, while the judge was asked: it may have been paid, so it is not asked again. */
export class ReadingLost extends Schema.TaggedError<ReadingLost>()('ReadingLost', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** Nothing was said that could be judged. */
export class NothingToJudge extends Schema.TaggedError<NothingToJudge>()('NothingToJudge', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}
