/** What can go wrong with a Telegram call. First fork: try again, or final (wire/09 §4). No message holds the token. */
import { Schema } from 'effect';
import type { TransportError } from '../http/vendor-errors.ts';

const common = { message: Schema.String, retryable: Schema.Boolean };

/** The bot or its chat is set up wrongly: nobody but an operator can help, and alerts wait meanwhile (lesson F-27). */
export class TelegramMisconfigured extends Schema.TaggedError<TelegramMisconfigured>()(
  'TelegramMisconfigured',
  {
    ...common,
    /** `token`: 401 or 404; `chat`: no such chat; `blocked`: 403, the bot may not write there. */
    what: Schema.Literals(['token', 'chat', 'blocked']),
  },
) {}

/** The request was refused for what it is; the same request will be refused again. */
export class TelegramRejected extends Schema.TaggedError<TelegramRejected>()('TelegramRejected', {
  ...common,
  status: Schema.Int,
  /** A short name for what Telegram said, or `other`: its own words can quote the message. */
  code: Schema.Literals(['entities', 'too_long', 'not_modified', 'not_found', 'query_too_old', 'other']),
}) {}

/** The group became a supergroup and has a new id; the old one is dead (wire/09 §2). */
export class TelegramMigrated extends Schema.TaggedError<TelegramMigrated>()('TelegramMigrated', {
  ...common,
  chatId: Schema.String,
}) {}

/** Too many messages, by Telegram's count or by our own (20 a minute in a group). */
export class TelegramRateLimited extends Schema.TaggedError<TelegramRateLimited>()('TelegramRateLimited', {
  ...common,
  retryAfterMs: Schema.Number,
}) {}

/** Somebody else takes the updates: another replica polls, or a webhook is set (409). */
export class TelegramConflict extends Schema.TaggedError<TelegramConflict>()('TelegramConflict', {
  ...common,
  retryAfterMs: Schema.Number,
}) {}

/** 5xx, or an answer that is not Telegram's. A message may have been posted. */
export class TelegramUnavailable extends Schema.TaggedError<TelegramUnavailable>()('TelegramUnavailable', {
  ...common,
  status: Schema.Int,
}) {}

/** The webhook's secret was missing or wrong, or its body is no update. */
export class TelegramBadUpdate extends Schema.TaggedError<TelegramBadUpdate>()('TelegramBadUpdate', {
  ...common,
  reason: Schema.Literals(['secret', 'shape']),
}) {}

export type TelegramError =
  | TelegramMisconfigured
  | TelegramRejected
  | TelegramMigrated
  | TelegramRateLimited
  | TelegramConflict
  | TelegramUnavailable
  | TransportError;
