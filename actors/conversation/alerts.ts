/** Where managers are told. Recorded before it is sent, so that an alert nobody received is still visible (domain 8.9). */
import { Context, type Effect, Schema } from 'effect';
import type { AlertParams } from '../../machines/conversation/actors.ts';

/** The alert could not be recorded: the database is away. */
export class AlertNotRecorded extends Schema.TaggedError<AlertNotRecorded>()('AlertNotRecorded', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** It is recorded, and the managers' group did not get it. */
export class AlertNotSent extends Schema.TaggedError<AlertNotSent>()('AlertNotSent', {
  message: Schema.String,
  retryable: Schema.Boolean,
  retryAfterMs: Schema.optionalKey(Schema.UndefinedOr(Schema.Number)),
}) {}

/** About the shop, not about one conversation: a channel that has lost its phone. */
export interface ShopAlert {
  readonly conversationId: null;
  readonly trigger: null;
  readonly reason: string;
  /** What to do. */
  readonly summary: string;
}

/** What was asked of managers about a conversation is dealt with. */
export interface ClosedAlerts {
  readonly conversationId: string;
  /** Who dealt with it; null: nobody had to any more. */
  readonly by: string | null;
  /** Said to the group: how it ended. */
  readonly note: string;
}

export class Alerts extends Context.Service<
  Alerts,
  {
    readonly raise: (
      alertId: string,
      alert: AlertParams | ShopAlert,
    ) => Effect.Effect<void, AlertNotRecorded | AlertNotSent>;
    /** Takes back the questions to managers that are open about the conversation. Repeating it is harmless. */
    readonly close: (closed: ClosedAlerts) => Effect.Effect<void, AlertNotRecorded | AlertNotSent>;
  }
>()('treejar/actors/Alerts') {}
