/** What Telegram tells us, as a closed union (wire/09 §5). Everything we have no use for is `other`, never an error. */
import { timingSafeEqual } from 'node:crypto';
import { Effect, Redacted, Result, Schema } from 'effect';
import { type ButtonAction, pressedOf } from './buttons.ts';
import { TelegramBadUpdate } from './errors.ts';

/** Who did it. Anyone in the group can press: the caller checks the id against its list (wire/09 §5). */
export interface TelegramPerson {
  readonly id: string;
  readonly name: string;
}

interface InChat {
  /** Grows; the same update can come again: take each id once. */
  readonly updateId: number;
  readonly chatId: string;
  readonly messageId: string;
  readonly from: TelegramPerson;
}

/** A manager pressed a button of ours. To be answered, or the phone shows a spinner. */
export interface ButtonPressed extends InChat {
  readonly kind: 'button';
  /** For `answerButton`. */
  readonly callbackId: string;
  readonly action: ButtonAction;
  readonly token: string;
}

/** A manager wrote, perhaps the draft of an answer (domain 8.7). */
export interface ManagerText extends InChat {
  readonly kind: 'text';
  readonly text: string;
  /** The message that was replied to. */
  readonly replyTo: string | null;
}

/** A button of somebody else or of an older version: answer it all the same. */
export interface UnknownButton {
  readonly kind: 'unknown_button';
  readonly updateId: number;
  readonly callbackId: string;
}

export interface OtherUpdate {
  readonly kind: 'other';
  readonly updateId: number;
}

export type TelegramUpdate = ButtonPressed | ManagerText | UnknownButton | OtherUpdate;

/** The kinds that we ask for. */
export const ALLOWED_UPDATES = ['message', 'callback_query'] as const;

const NAME_CHARS = 100;

const Person = Schema.Struct({
  id: Schema.Int,
  is_bot: Schema.optionalKey(Schema.Boolean),
  first_name: Schema.optionalKey(Schema.String),
  last_name: Schema.optionalKey(Schema.String),
});
const Message = Schema.Struct({
  message_id: Schema.Int,
  chat: Schema.Struct({ id: Schema.Int }),
});
const Pressed = Schema.Struct({
  update_id: Schema.Int,
  callback_query: Schema.Struct({
    id: Schema.String,
    from: Person,
    message: Schema.optionalKey(Message),
    data: Schema.optionalKey(Schema.String),
  }),
});
const Written = Schema.Struct({
  update_id: Schema.Int,
  message: Schema.Struct({
    ...Message.fields,
    from: Person,
    text: Schema.String,
    reply_to_message: Schema.optionalKey(Schema.Struct({ message_id: Schema.Int })),
  }),
});
const Any = Schema.Struct({ update_id: Schema.Int });
const Update = Schema.Union([Pressed, Written, Any]);

/** One update, or `null` when it does not even have an id. */
export const readUpdate = (json: unknown): TelegramUpdate | null => {
  const decoded = Schema.decodeUnknownResult(Update)(json);
  if (Result.isFailure(decoded)) return null;
  const update = decoded.success;
  if ('callback_query' in update) return buttonOf(update);
  return 'message' in update ? textOf(update) : { kind: 'other', updateId: update.update_id };
};

const buttonOf = ({ update_id: updateId, callback_query: query }: typeof Pressed.Type): TelegramUpdate => {
  const pressed = pressedOf(query.data ?? '');
  // Without the message there is no chat to check, and nothing to remove buttons from.
  if (!pressed || !query.message) return { kind: 'unknown_button', updateId, callbackId: query.id };
  const where = placeOf(query.message);
  return { kind: 'button', updateId, callbackId: query.id, from: personOf(query.from), ...where, ...pressed };
};

const textOf = ({ update_id: updateId, message }: typeof Written.Type): TelegramUpdate => {
  if (message.from.is_bot) return { kind: 'other', updateId };
  const replied = message.reply_to_message;
  return {
    kind: 'text',
    updateId,
    ...placeOf(message),
    from: personOf(message.from),
    text: message.text.replaceAll('\u0000', '').toWellFormed(),
    replyTo: replied ? String(replied.message_id) : null,
  };
};

const placeOf = (message: typeof Message.Type) => ({
  chatId: String(message.chat.id),
  messageId: String(message.message_id),
});

const personOf = (person: typeof Person.Type): TelegramPerson => ({
  id: String(person.id),
  name: [person.first_name, person.last_name].filter(Boolean).join(' ').slice(0, NAME_CHARS),
});

/** The webhook's header, lower case as Node gives it. */
export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/**
 * Checks a webhook's secret (in constant time, before the body is looked at) and decodes its body.
 * @param given the value of {@link SECRET_HEADER}
 */
export const decodeTelegramWebhook = (
  given: string | undefined,
  secret: Redacted.Redacted,
  body: unknown,
): Effect.Effect<TelegramUpdate, TelegramBadUpdate> => {
  if (!sameSecret(given ?? '', Redacted.value(secret))) {
    return new TelegramBadUpdate({
      reason: 'secret',
      message: `the header ${SECRET_HEADER} is missing or wrong; set the webhook again with the present secret`,
      retryable: false,
    });
  }
  const update = readUpdate(body);
  return update
    ? Effect.succeed(update)
    : new TelegramBadUpdate({ reason: 'shape', message: 'the body is no Telegram update', retryable: false });
};

const sameSecret = (given: string, secret: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
};
