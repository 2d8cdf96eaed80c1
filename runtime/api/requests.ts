/** What the API takes: query strings and bodies. Limits are named here (G10). */
import { Schema } from 'effect';
import { Language, Owner } from './schemas.ts';

/** Contract 3: lists answer 50 rows unless told, and never more than 200. */
export const DEFAULT_PAGE = 50;
export const MAX_PAGE = 200;
/** WhatsApp's practical limit for one message (wire/01 §2.2 plans for less on WABA; the channel splits). */
export const MAX_MESSAGE_CHARS = 4096;
export const MAX_NOTE_CHARS = 4000;
export const MAX_ARTICLE_CHARS = 20_000;
const MAX_QUERY_CHARS = 200;
const MAX_CURSOR_CHARS = 1000;

const bounded = (max: number) => Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(max));
/** Some text beside white space. */
const written = (max: number) => bounded(max).check(Schema.isPattern(/\S/));

const Limit = Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MAX_PAGE })));
const Cursor = Schema.optionalKey(bounded(MAX_CURSOR_CHARS));
const Seq = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));

export const PageQuery = { limit: Limit, cursor: Cursor };

/** In any spelling; digits count. */
export const ReferralQuery = {
  phone: Schema.String.check(Schema.isPattern(/^\+?[\d\s()-]{8,25}$/)),
};

/** `action`: a kind of act or its beginning, `user.`. */
export const AuditQuery = {
  ...PageQuery,
  actor: Schema.optionalKey(bounded(MAX_QUERY_CHARS)),
  action: Schema.optionalKey(bounded(MAX_QUERY_CHARS)),
};

export const ConversationsQuery = {
  ...PageQuery,
  owner: Schema.optionalKey(Owner),
  state: Schema.optionalKey(bounded(MAX_QUERY_CHARS)),
  language: Schema.optionalKey(Language),
  waiting: Schema.optionalKey(Schema.Literals(['true', 'false', '1', '0'])),
  /** True: only those that stand still: parked, paused, failed, or owed an answer by the assistant for 120 s. */
  stuck: Schema.optionalKey(Schema.Literals(['true', 'false', '1', '0'])),
  q: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(MAX_QUERY_CHARS))),
};

/** A month, as far as `days` does not say otherwise. */
export const DEFAULT_HEAT_DAYS = 30;
export const ConversationParams = { id: bounded(MAX_QUERY_CHARS) };
export const JournalQuery = { limit: Limit, cursor: Cursor, since: Schema.optionalKey(Seq) };
export const SnapshotQuery = { at: Seq };
/** Days that a heat map looks back at most: ten years. */
const MAX_HEAT_DAYS = 3660;
const Days = Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MAX_HEAT_DAYS })));
export const HeatQuery = { days: Days };
export const BehindQuery = {
  days: Days,
  limit: Limit,
  transitions: bounded(MAX_CURSOR_CHARS).check(Schema.isPattern(/^\d{1,9}(,\d{1,9})*$/)),
};
export const EffectsQuery = { from: Seq, to: Seq };

/** A chosen return: a minute at least, a week at most. */
const MIN_RETURN_MS = 60_000;
const MAX_RETURN_MS = 7 * 24 * 60 * 60 * 1000;

/** `returnInMs`: how long the manager may be silent before the chat is offered back; absent: as the setting says. */
export const TakeOverBody = Schema.Struct({
  returnInMs: Schema.optionalKey(
    Schema.Int.check(Schema.isBetween({ minimum: MIN_RETURN_MS, maximum: MAX_RETURN_MS })),
  ),
});

export const ReleaseBody = Schema.Struct({
  note: Schema.optionalKey(Schema.NullOr(Schema.String.check(Schema.isMaxLength(MAX_NOTE_CHARS)))),
});
/** WhatsApp's longest template body (wire/01 §2.2); more values than this it has no room for. */
const MAX_VALUE_CHARS = 1024;
const MAX_VALUES = 50;
/** Either a text, or an approved template with its values: the only way while the 24-hour window is closed. */
export const MessageBody = Schema.Struct({
  text: Schema.optionalKey(written(MAX_MESSAGE_CHARS)),
  template: Schema.optionalKey(
    Schema.Struct({
      id: bounded(MAX_QUERY_CHARS),
      values: Schema.Array(written(MAX_VALUE_CHARS)).check(Schema.isMaxLength(MAX_VALUES)),
    }),
  ),
});
export const NoteBody = Schema.Struct({ text: written(MAX_NOTE_CHARS) });
/** Longest reason of a pause; the dead letter shows it. */
const MAX_REASON_CHARS = 500;
export const PauseBody = Schema.Struct({ reason: written(MAX_REASON_CHARS) });
/** Optional: the same click sent twice has one effect (contract 5). */
export const IdempotencyHeaders = { 'idempotency-key': Schema.optionalKey(bounded(200)) };

export const ProductsQuery = {
  ...PageQuery,
  category: Schema.optionalKey(bounded(MAX_QUERY_CHARS)),
  /** True: only active products whose card scores below 70, the improvement queue (domain 21.3). */
  improve: Schema.optionalKey(Schema.Literals(['true', 'false', '1', '0'])),
  q: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(MAX_QUERY_CHARS))),
};
export const SearchQuery = { q: written(MAX_QUERY_CHARS), lang: Schema.optionalKey(Language), limit: Limit };
export const RunParams = { run: bounded(MAX_QUERY_CHARS) };

export const ArticleBody = Schema.Struct({
  kind: Schema.Literals(['faq', 'rule', 'value']),
  title: written(300),
  body: written(MAX_ARTICLE_CHARS),
  language: Language,
});
/** The words to publish: the administrator's, not necessarily the manager's. */
export const CandidateBody = Schema.Struct({ title: written(300), body: written(MAX_ARTICLE_CHARS) });
export const IdParams = { id: bounded(MAX_QUERY_CHARS) };

export const ContactsQuery = { phone: bounded(40) };
export const StockQuery = { sku: bounded(100) };

export const LoginBody = Schema.Struct({ email: bounded(320), password: bounded(1024) });
export const LinkBody = Schema.Struct({ token: bounded(200) });

const ChatId = Schema.String.check(Schema.isPattern(/^[0-9]{5,20}$/));
export const ChatParams = { chatId: ChatId };
/** A minute of speech is a quarter of it; a request is at most `MAX_BODY_BYTES`. */
const MAX_VOICE_BASE64 = 900_000;

export const PhoneMessageBody = Schema.Struct({
  text: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(8000))),
  kind: Schema.optionalKey(
    Schema.Literals([
      'text',
      'image',
      'audio',
      'video',
      'document',
      'contact',
      'location',
      'missed_call',
      'other',
    ]),
  ),
  name: Schema.optionalKey(bounded(200)),
  contentUri: Schema.optionalKey(bounded(2000)),
  /** A floor plan in place of the usual photo. */
  sample: Schema.optionalKey(Schema.Literals(['usual', 'plan'])),
  /** A voice note that was recorded in the browser. */
  file: Schema.optionalKey(
    Schema.Struct({
      name: bounded(200),
      contentType: Schema.Literals(['audio/webm', 'audio/ogg', 'audio/mp4']),
      base64: Schema.NonEmptyString.check(Schema.isMaxLength(MAX_VOICE_BASE64), Schema.isBase64()),
    }),
  ),
  quotedMessageId: Schema.optionalKey(bounded(200)),
  /** Deliver the webhook this many times: the vendor repeats itself. */
  times: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10 }))),
});
export const PhoneManagerBody = Schema.Struct({
  text: written(MAX_MESSAGE_CHARS),
  from: Schema.Literals(['phone', 'app']),
  name: Schema.optionalKey(bounded(200)),
});

/** A day of the calendar, `2026-03-01`; that it exists is checked where it is used. */
const Day = Schema.String.check(Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));
export const SpendQuery = { from: Schema.optionalKey(Day), to: Schema.optionalKey(Day) };
/** Days of one answer. */
export const MAX_SPEND_DAYS = 366;
export const DEFAULT_SPEND_DAYS = 30;
