/** Where managers are told. Recorded before it is sent, so that an alert nobody received is still visible (domain 8.9). */
import { Context, type Effect, Schema } from 'effect';
import type { AlertParams } from '../../machines/conversation/actors.ts';

/** The alert could not be recorded: the database is away. */
export class AlertNotRecorded extends Schema.TaggedError<AlertNotRecorded>()('AlertNotRecorded', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export class Alerts extends Context.Service<
  Alerts,
  { readonly raise: (alertId: string, alert: AlertParams) => Effect.Effect<void, AlertNotRecorded> }
>()('treejar/actors/Alerts') {}
