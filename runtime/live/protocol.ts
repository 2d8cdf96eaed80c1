/** What a live client may say (contract 3.3), and the limits of one connection (G10). */
import { Result, Schema } from 'effect';

/** A client that reads slower than this many waiting bytes is dropped, never our memory. */
export const MAX_BACKLOG_BYTES = 1024 * 1024;
export const MAX_CONNECTIONS = 1000;
export const MAX_TOPICS_PER_CLIENT = 50;
export const MAX_MESSAGE_BYTES = 16 * 1024;
/** Messages of one client in one second. */
export const MAX_MESSAGES_PER_SECOND = 50;
/** Rows replayed to a returning client; a longer absence is a `gap` and a refetch. */
export const MAX_REPLAY_ROWS = 500;
/** Rows read at once. */
export const REPLAY_PAGE = 100;
/** List changes are gathered for this long. */
export const LIST_COALESCE_MS = 100;
/** Summaries read at once; the rest waits for the next round. */
export const LIST_BATCH = 200;
/** Conversations that wait for a list update; more of them is a `gap`. */
export const MAX_LIST_BACKLOG = 5000;
export const METRICS_EVERY_MS = 2000;
export const CATALOG_EVERY_MS = 1000;
export const WRITING_TTL_MS = 6000;
/** Replicas tell each other so often who is there; one that says nothing for longer than two beats has died. */
export const PRESENCE_BEAT_MS = 20_000;
export const PRESENCE_TTL_MS = 50_000;
/** Other replicas that one conversation's viewers may be on. */
export const MAX_PRESENT_REPLICAS = 100;
/** What a model writes is shown at most so often. */
export const TYPING_COALESCE_MS = 80;
/** Of a preview; no reply is longer. */
export const MAX_TYPING_CHARS = 4096;
/** Messages of the simulated phone shown at once. */
export const PHONE_MESSAGES = 200;
export const PHONE_COALESCE_MS = 50;

const MAX_TOPIC_CHARS = 300;

const Topic = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(MAX_TOPIC_CHARS));
const ClientMessage = Schema.Union([
  Schema.Struct({
    subscribe: Topic,
    since: Schema.optionalKey(
      Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    ),
  }),
  Schema.Struct({ unsubscribe: Topic }),
  Schema.Struct({ ping: Schema.Finite }),
  Schema.Struct({ presence: Topic, writing: Schema.Boolean }),
]);
export type ClientMessage = typeof ClientMessage.Type;

const decode = Schema.decodeUnknownResult(ClientMessage);

/** Null: not something we understand. */
export const parseClientMessage = (text: string): ClientMessage | null => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const decoded = decode(json);
  return Result.isSuccess(decoded) ? decoded.success : null;
};

export type ParsedTopic =
  | { readonly kind: 'conversations' }
  | { readonly kind: 'metrics' }
  | { readonly kind: 'catalog' }
  | { readonly kind: 'conversation'; readonly id: string }
  | { readonly kind: 'phone'; readonly chatId: string };

export const parseTopic = (topic: string): ParsedTopic | null => {
  if (topic === 'conversations' || topic === 'metrics' || topic === 'catalog') return { kind: topic };
  const at = topic.indexOf(':');
  const rest = topic.slice(at + 1);
  if (at < 0 || rest === '') return null;
  if (topic.startsWith('conversation:')) return { kind: 'conversation', id: rest };
  return topic.startsWith('phone:') ? { kind: 'phone', chatId: rest } : null;
};
