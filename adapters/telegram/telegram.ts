/**
 * The managers' Telegram group: alerts with buttons, and what managers press and write (wire/09, domain 8.5-8.8).
 * Telegram knows no idempotency key: every alert carries its mark, so that a repeated one is recognised (wire/00).
 */
import { Context, Effect, Layer, type Redacted, Schema } from 'effect';
import { alertMark } from './alert.ts';
import { type Button, keyboardOf } from './buttons.ts';
import { type CallOptions, makeCalls, type TelegramCalls } from './calls.ts';
import { type Paper, postPaper } from './document.ts';
import type { TelegramError } from './errors.ts';
import { cutEnd, MAX_TEXT_CHARS, plainOf } from './html.ts';
import { malformed } from './replies.ts';
import { ALLOWED_UPDATES, readUpdate, type TelegramUpdate } from './updates.ts';

export { type AlertContent, alertHtml, alertMark, masked } from './alert.ts';
export { BUTTON_ACTIONS, type Button, type ButtonAction, buttonToken } from './buttons.ts';
export type { Paper } from './document.ts';
export * from './errors.ts';
export { escapeHtml } from './html.ts';
export * from './updates.ts';

export interface TelegramOptions extends Omit<CallOptions, 'botToken'> {
  readonly botToken: Redacted.Redacted;
  /** Of the managers' group; negative for groups, so kept as text. */
  readonly chatId: string;
}

export interface Alert {
  /** The command's id, the same for every try (contract 5). */
  readonly alertId: string;
  /** Of `alertHtml`, or other text whose foreign parts went through `escapeHtml`. */
  readonly html: string;
  readonly buttons?: readonly (readonly Button[])[];
  /** Arrives without a sound. */
  readonly silent?: boolean;
}

/** A short word of the bot in the group. */
export interface Note {
  /** Foreign parts went through `escapeHtml`. */
  readonly html: string;
  /** The message it belongs to; a deleted one is no fault. */
  readonly replyTo: string;
  /** Invites the person to write a reply (domain 8.7). */
  readonly ask?: boolean;
}

export interface AlertSent {
  readonly messageId: string;
  readonly chatId: string;
  /** Set when the group has moved: an operator should put it into TELEGRAM_CHAT_ID. */
  readonly movedTo: string | null;
}

export interface UpdatesPage {
  readonly updates: readonly TelegramUpdate[];
  /** To be asked for next; everything before it is forgotten by Telegram then. `null`: nothing came. */
  readonly nextOffset: number | null;
}

export class Telegram extends Context.Service<
  Telegram,
  {
    readonly sendAlert: (alert: Alert) => Effect.Effect<AlertSent, TelegramError>;
    /** Posts a file. Telegram knows no idempotency key: a try whose answer was lost may post it twice. */
    readonly sendPaper: (paper: Paper) => Effect.Effect<AlertSent, TelegramError>;
    /** Posts a text of ours under a message; with `ask` the pressed phone opens a reply to it at once. Its message id. */
    readonly say: (note: Note) => Effect.Effect<string, TelegramError>;
    /** Stops the spinner and shows a short text (at most 200 characters). False: pressed too long ago to answer. */
    readonly answerButton: (callbackId: string, text: string) => Effect.Effect<boolean, TelegramError>;
    /** False: the message is gone or too old to change. Repeating it is harmless. */
    readonly removeButtons: (messageId: string) => Effect.Effect<boolean, TelegramError>;
    /** Waits up to `waitSeconds` for updates. One process only. */
    readonly getUpdates: (
      offset: number | null,
      waitSeconds: number,
    ) => Effect.Effect<UpdatesPage, TelegramError>;
    /** Lets Telegram post updates to us; `null` stops it, so that `getUpdates` works again. */
    readonly setWebhook: (
      target: { readonly url: string; readonly secret: Redacted.Redacted } | null,
    ) => Effect.Effect<void, TelegramError>;
    /** Proves token and chat without writing anything (domain 24.2, "test Telegram"). */
    readonly check: () => Effect.Effect<{ readonly botName: string }, TelegramError>;
  }
>()('treejar/adapters/telegram/Telegram') {
  static readonly layer = (options: TelegramOptions) =>
    Layer.sync(Telegram, () => Telegram.of(makeTelegram(options)));
}

/** Telegram's own limit (wire/09 §5). */
const ANSWER_CHARS = 200;
/** Telegram's own maximum of one page. */
const UPDATES_MAX = 100;
const WAIT_SECONDS_MAX = 50;

const makeTelegram = (options: TelegramOptions): Telegram['Service'] => {
  const calls = makeCalls(options);
  // Telegram tells a moved group's new id once per refused message; until the operator sets it, we remember it.
  let movedTo: string | null = null;
  const chatId = () => movedTo ?? options.chatId;

  const sendTo = Effect.fn('Telegram.send')(function* (
    sending: (chatId: string) => Effect.Effect<string, TelegramError>,
  ) {
    const post = Effect.suspend(() => sending(chatId()));
    const messageId = yield* post.pipe(
      Effect.catchTag('TelegramMigrated', (moved) => {
        movedTo = moved.chatId;
        return post;
      }),
    );
    return { messageId, chatId: chatId(), movedTo };
  });

  return {
    sendAlert: (alert) => sendTo((chat) => postAlert(calls, chat, alert)),
    sendPaper: (paper) => sendTo((chat) => postPaper(calls, chat, paper)),
    say: (note) => sayUnder(calls, chatId(), note),
    answerButton: (callbackId, text) =>
      calls
        .call('answerCallbackQuery', { callback_query_id: callbackId, text: cutEnd(text, ANSWER_CHARS) })
        .pipe(Effect.as(true), falseIf('query_too_old')),
    removeButtons: (messageId) =>
      calls
        .call('editMessageReplyMarkup', { chat_id: chatId(), message_id: Number(messageId) })
        .pipe(Effect.as(true), trueIf('not_modified'), falseIf('not_found')),
    getUpdates: (offset, waitSeconds) => poll(calls, offset, Math.min(waitSeconds, WAIT_SECONDS_MAX)),
    setWebhook: (target) => calls.setWebhook(target),
    check: () => check(calls, chatId()),
  };
};

type Code = 'query_too_old' | 'not_modified' | 'not_found';
const when =
  (code: Code, answer: boolean) =>
  (effect: Effect.Effect<boolean, TelegramError>): Effect.Effect<boolean, TelegramError> =>
    Effect.catchTag(effect, 'TelegramRejected', (error) =>
      error.code === code ? Effect.succeed(answer) : Effect.fail(error),
    );
const falseIf = (code: Code) => when(code, false);
const trueIf = (code: Code) => when(code, true);

/** Falls back to plain text when the markup does not parse: an ugly alert is better than none (lesson F-27). */
const postAlert = (
  calls: TelegramCalls,
  chatId: string,
  alert: Alert,
): Effect.Effect<string, TelegramError> => {
  const mark = alertMark(alert.alertId);
  const html = alert.html.includes(mark) ? alert.html : `${alert.html}\n<code>${mark}</code>`;
  const common = {
    chat_id: chatId,
    disable_notification: alert.silent ?? false,
    link_preview_options: { is_disabled: true },
    ...(alert.buttons ? { reply_markup: keyboardOf(alert.buttons) } : {}),
  };
  const text = plainOf(html);
  const body = `${cutEnd(text.replace(mark, '').trimEnd(), MAX_TEXT_CHARS - mark.length - 1)}\n${mark}`;
  const plain = calls.send({ ...common, text: body });
  const sent =
    text.length > MAX_TEXT_CHARS
      ? plain
      : calls
          .send({ ...common, text: html, parse_mode: 'HTML' })
          .pipe(
            Effect.catchTag('TelegramRejected', (error) =>
              error.code === 'entities' || error.code === 'too_long' ? plain : Effect.fail(error),
            ),
          );
  return sent.pipe(Effect.flatMap(messageIdOf));
};

const SentBody = Schema.Struct({ message_id: Schema.Int });

const messageIdOf = (result: unknown): Effect.Effect<string, TelegramError> =>
  Schema.decodeUnknownEffect(SentBody)(result).pipe(
    Effect.mapError(() => malformed('sendMessage')),
    Effect.map(({ message_id }) => String(message_id)),
  );

const sayUnder = (
  calls: TelegramCalls,
  chatId: string,
  { html, replyTo, ask }: Note,
): Effect.Effect<string, TelegramError> =>
  calls
    .send({
      chat_id: chatId,
      text: html,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: Number(replyTo), allow_sending_without_reply: true },
      ...(ask ? { reply_markup: { force_reply: true } } : {}),
    })
    .pipe(Effect.flatMap(messageIdOf));

const UpdateId = Schema.Struct({ update_id: Schema.Int });
const isNumbered = Schema.is(UpdateId);

const poll = Effect.fn('Telegram.getUpdates')(function* (
  calls: TelegramCalls,
  offset: number | null,
  waitSeconds: number,
) {
  const result = yield* calls.poll(
    {
      ...(offset === null ? {} : { offset }),
      limit: UPDATES_MAX,
      timeout: waitSeconds,
      allowed_updates: ALLOWED_UPDATES,
    },
    waitSeconds,
  );
  if (!Array.isArray(result)) return yield* malformed('getUpdates');
  const numbered = result.filter(isNumbered);
  const last = numbered.reduce((highest, { update_id: id }) => Math.max(highest, id), -1);
  return {
    updates: numbered.flatMap((update) => readUpdate(update) ?? []),
    nextOffset: last === -1 ? null : last + 1,
  } satisfies UpdatesPage;
});

const Me = Schema.Struct({ first_name: Schema.String });

const check = Effect.fn('Telegram.check')(function* (calls: TelegramCalls, chatId: string) {
  const me = yield* Schema.decodeUnknownEffect(Me)(yield* calls.call('getMe', {})).pipe(
    Effect.mapError(() => malformed('getMe')),
  );
  yield* calls.call('getChat', { chat_id: chatId });
  return { botName: me.first_name };
});
