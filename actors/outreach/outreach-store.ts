/** What outreach keeps and asks of the shop, as its programs need it. The runtime has it in Postgres. */
import { Context, type Effect, Schema } from 'effect';
import type { FeedbackParams, OptOutParams } from '../../machines/conversation/actors.ts';
import type { TouchDecision, TouchRequest } from '../../machines/outreach/touch.ts';

/** The database, or the settings in it, could not be asked. */
export class OutreachUnavailable extends Schema.TaggedError<OutreachUnavailable>()('OutreachUnavailable', {
  retryable: Schema.Boolean,
  message: Schema.String,
}) {}

export class OutreachStore extends Context.Service<
  OutreachStore,
  {
    /**
     * Decides a touch at the moment of sending, and remembers the decision: the same command is told the same again,
     * another one that asks for the same touch is told that it was made (domain 17.10).
     */
    readonly decide: (
      request: TouchRequest,
      commandId: string,
    ) => Effect.Effect<TouchDecision, OutreachUnavailable>;
    readonly keepOptOut: (optOut: OptOutParams) => Effect.Effect<void, OutreachUnavailable>;
    /** The later record of a conversation replaces the earlier one. */
    readonly keepFeedback: (feedback: FeedbackParams) => Effect.Effect<void, OutreachUnavailable>;
  }
>()('treejar/actors/OutreachStore') {}
