/** Reads Telegram's envelope (wire/09 §2) and names its failures (wire/09 §4). */
import { Effect, Result, Schema } from 'effect';
import type { VendorResponse } from '../http/vendor-client.ts';
import {
  TelegramConflict,
  type TelegramError,
  TelegramMigrated,
  TelegramMisconfigured,
  TelegramRateLimited,
  TelegramRejected,
  TelegramUnavailable,
} from './errors.ts';

const Envelope = Schema.Union([
  Schema.Struct({ ok: Schema.Literal(true), result: Schema.Unknown }),
  Schema.Struct({
    ok: Schema.Literal(false),
    error_code: Schema.Int,
    description: Schema.optionalKey(Schema.String),
    parameters: Schema.optionalKey(
      Schema.Struct({
        retry_after: Schema.optionalKey(Schema.Number),
        migrate_to_chat_id: Schema.optionalKey(Schema.Number),
      }),
    ),
  }),
]);
type Refusal = Extract<typeof Envelope.Type, { readonly ok: false }>;

/** Telegram always says how long; this is for the answer that does not. */
const DEFAULT_WAIT_MS = 5000;
/** Longest wait taken over from Telegram, ms: a flood ban can last hours, and an operator should see it before. */
const MAX_WAIT_MS = 60 * 60 * 1000;
/** How long a poll that lost against another one holds still, ms. */
const CONFLICT_WAIT_MS = 30_000;

/** The `result` of a success, or the typed failure. */
export const resultOf = (response: VendorResponse): Effect.Effect<unknown, TelegramError> => {
  const decoded = Schema.decodeUnknownResult(Envelope)(response.json());
  if (Result.isFailure(decoded)) return Effect.fail(strange(response.status));
  return decoded.success.ok
    ? Effect.succeed(decoded.success.result)
    : Effect.fail(failureOf(decoded.success));
};

const strange = (status: number) =>
  new TelegramUnavailable({
    status,
    message: `Telegram answered ${status} with something that is not its own; check TELEGRAM_BASE_URL`,
    retryable: true,
  });

/** An answer of the right envelope with a result of another shape than documented. */
export const malformed = (method: string) =>
  new TelegramUnavailable({
    status: 200,
    message: `Telegram answered ${method} with an unknown shape; compare with the wire documentation`,
    retryable: false,
  });

export const rateLimited = (retryAfterMs: number) =>
  new TelegramRateLimited({
    message: `Telegram takes no more messages for ${retryAfterMs} ms; the alert is sent after that`,
    retryable: true,
    retryAfterMs,
  });

const failureOf = ({ error_code: status, description = '', parameters }: Refusal): TelegramError => {
  if (status === 429) {
    const wait = (parameters?.retry_after ?? 0) * 1000;
    return rateLimited(wait > 0 ? Math.min(wait, MAX_WAIT_MS) : DEFAULT_WAIT_MS);
  }
  if (parameters?.migrate_to_chat_id !== undefined) return migrated(String(parameters.migrate_to_chat_id));
  if (status === 401 || status === 404) {
    return misconfigured(
      'token',
      `Telegram does not know the bot (${status}); put a valid TELEGRAM_BOT_TOKEN`,
    );
  }
  if (status === 403) {
    return misconfigured(
      'blocked',
      'Telegram forbids the bot to write to the chat (403); add it to the managers’ group, or unblock it',
    );
  }
  if (status === 409) {
    return new TelegramConflict({
      message:
        'another process takes the bot’s updates (409); poll in one replica only and delete the webhook',
      retryable: true,
      retryAfterMs: CONFLICT_WAIT_MS,
    });
  }
  if (status >= 500) {
    return new TelegramUnavailable({
      status,
      message: `Telegram failed (${status}); the call may be tried again`,
      retryable: true,
    });
  }
  return refusalOf(status, description);
};

const misconfigured = (what: TelegramMisconfigured['what'], message: string) =>
  new TelegramMisconfigured({ what, message: `${message}, and restart`, retryable: false });

const migrated = (chatId: string) =>
  new TelegramMigrated({
    chatId,
    message: `the managers’ group became a supergroup; set TELEGRAM_CHAT_ID to ${chatId} and restart`,
    retryable: false,
  });

/** By a part of the description, lower case, first match. Telegram has no codes. */
const KNOWN: readonly (readonly [part: string, code: TelegramRejected['code'], advice: string])[] = [
  ["can't parse entities", 'entities', 'the markup is broken'],
  ['too long', 'too_long', 'cut the text to 4096 characters'],
  ['not modified', 'not_modified', 'nothing had to be changed'],
  ['message to edit not found', 'not_found', 'the message was deleted'],
  ["message can't be edited", 'not_found', 'the message is too old to be changed'],
  ['query is too old', 'query_too_old', 'the button was pressed too long ago'],
  ['query id is invalid', 'query_too_old', 'the button was pressed too long ago'],
];

const refusalOf = (status: number, description: string): TelegramMisconfigured | TelegramRejected => {
  const said = description.toLowerCase();
  if (said.includes('chat not found') || said.includes('chat_id is empty')) {
    return misconfigured(
      'chat',
      'Telegram does not know the chat; check TELEGRAM_CHAT_ID and that the bot is in the group',
    );
  }
  const known = KNOWN.find(([part]) => said.includes(part));
  return new TelegramRejected({
    status,
    code: known?.[1] ?? 'other',
    message: `Telegram refused the request (${status}): ${known?.[2] ?? 'compare it with the wire documentation'}`,
    retryable: false,
  });
};
