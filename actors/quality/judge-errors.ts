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

/** What this kind of review may spend or ask in a day is used up. Final for today. */
export class ScopeSpent extends Schema.TaggedError<ScopeSpent>()('ScopeSpent', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** What is left of the day is promised to calls under way, whose bills will be smaller. Asked again soon. */
export class ScopeBusy extends Schema.TaggedError<ScopeBusy>()('ScopeBusy', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** One run of the calendar has asked as often as it may; the next run takes what is left. */
export class RunSpent extends Schema.TaggedError<RunSpent>()('RunSpent', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** The shop does not let models read what customers write. */
export class TranscriptsOff extends Schema.TaggedError<TranscriptsOff>()('TranscriptsOff', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}
