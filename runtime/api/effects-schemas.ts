/** What steps set off and how it went. */
import { Schema } from 'effect';
import { ModelCallView } from './spend-schemas.ts';

const Time = Schema.String;

export const CommandView = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  /** In a manager's words. */
  label: Schema.String,
  status: Schema.Literals(['pending', 'running', 'done', 'failed', 'cancelled', 'parked']),
  /** How often it was begun; 0: it waits. */
  attempts: Schema.Int,
  createdAt: Time,
  /** Of the first attempt. */
  startedAt: Schema.NullOr(Time),
  finishedAt: Schema.NullOr(Time),
  /** Why the last attempt failed. */
  error: Schema.NullOr(Schema.String),
  /** The rows that started it and took its result, when they are among those asked for. */
  startedBy: Schema.NullOr(Schema.Int),
  endedBy: Schema.NullOr(Schema.Int),
});

/** `GET /conversations/:id/effects`, oldest first. */
export const EffectsView = Schema.Struct({
  commands: Schema.Array(CommandView),
  calls: Schema.Array(Schema.Struct({ ...ModelCallView.fields, commandId: Schema.String })),
});
export type EffectsView = typeof EffectsView.Type;
