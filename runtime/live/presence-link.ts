/**
 * Tells the other replicas who looks at a conversation, through Redis. Without Redis there is no such link: presence is
 * a courtesy that changes with every key a manager presses, and would be a write for each in the database.
 */
import { randomUUID } from 'node:crypto';
import { Context, Effect, Option, Schema } from 'effect';
import { Fanout, SharedStateStatus } from '../../adapters/redis/shared-state.ts';

const CHANNEL = 'presence';

const News = Schema.Struct({
  replica: Schema.String,
  /** The conversation. */
  id: Schema.String,
  viewers: Schema.Array(Schema.String),
  writing: Schema.Array(Schema.String),
  /** The replica knows nothing of the others yet. */
  ask: Schema.Boolean,
});
export type PresenceNews = typeof News.Type;

export interface PresenceLink {
  readonly replica: string;
  readonly publish: (news: PresenceNews) => void;
  /** The others' news only. */
  readonly onNews: (listener: (news: PresenceNews) => void) => () => void;
}

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(News));

/** Null without Redis. */
export const presenceLink = (services: Context.Context<Fanout | SharedStateStatus>): PresenceLink | null => {
  if (Context.get(services, SharedStateStatus).read().mode !== 'redis') return null;
  const fanout = Context.get(services, Fanout);
  const replica = randomUUID();
  return {
    replica,
    // Names of a few managers fit by far; what does not arrive is told again with the next beat.
    publish: (news) => void Effect.runFork(Effect.ignore(fanout.publish(CHANNEL, JSON.stringify(news)))),
    onNews: (listener) => {
      const message = (text: string): void => {
        const news = Option.getOrNull(decode(text));
        if (news !== null && news.replica !== replica) listener(news);
      };
      const listening = Effect.runPromise(fanout.subscribe(CHANNEL, { message, gap: () => undefined }));
      return () => void listening.then((end) => end());
    },
  };
};
