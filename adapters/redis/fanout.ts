/**
 * Messages to every replica, for those who listen now: at most once, unordered between senders. Whoever must not miss
 * anything reads the database: at the start, and at each {@link Listener.gap}.
 */
import { Context, type Effect, Schema } from 'effect';

/** The message or the subscription is beyond what the fan-out carries: a mistake, or an attack. */
export class FanoutRefused extends Schema.TaggedError<FanoutRefused>()('FanoutRefused', {
  reason: Schema.Literals(['message_too_large', 'too_many_channels']),
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export interface Listener {
  readonly message: (message: string) => void;
  /** Messages of other replicas may have been missed: read what matters again. */
  readonly gap: () => void;
}

export type Unsubscribe = () => void;

export interface FanoutShape {
  /** Reaches this process's listeners before it returns, the other replicas' as far as Redis is there. */
  readonly publish: (channel: string, message: string) => Effect.Effect<void, FanoutRefused>;
  /** Listens from when the effect ends. Idempotent end. */
  readonly subscribe: (channel: string, listener: Listener) => Effect.Effect<Unsubscribe, FanoutRefused>;
}

export class Fanout extends Context.Service<Fanout, FanoutShape>()('treejar/adapters/redis/Fanout') {}

/** UTF-16 units (G10). */
export const MAX_MESSAGE_CHARS = 256 * 1024;
/** Channels that one process listens to (G10). */
export const MAX_CHANNELS = 10_000;

export const tooLarge = () =>
  new FanoutRefused({
    reason: 'message_too_large',
    message: `a message has at most ${MAX_MESSAGE_CHARS} characters; send the id of what it is about`,
    retryable: false,
  });

export const tooMany = () =>
  new FanoutRefused({
    reason: 'too_many_channels',
    message: `this process listens to ${MAX_CHANNELS} channels already; try again when others have left`,
    retryable: true,
  });
