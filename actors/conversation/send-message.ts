/**
 * Sends one message and makes sure that the customer sees it once. Wazzup forgets `crmMessageId` after 60 s (wire/01 §3):
 * a try within {@link SAFE_REPEAT_MS} of the first one repeats the same id, which the vendor recognises; a later one
 * first waits for an echo that proves the message went out. An id is used within its own {@link SAFE_REPEAT_MS} only,
 * however long a try waits for its turn: after the vendor's minute the same id is a second message.
 */
import { createHash } from 'node:crypto';
import { Clock, Effect } from 'effect';
import { splitText, toWhatsApp } from '../../adapters/wazzup/format.ts';
import { SAFE_TEXT_CHARS } from '../../adapters/wazzup/limits.ts';
import { type SendTo, type Sent, Wazzup, type WazzupError } from '../../adapters/wazzup/wazzup.ts';
import type { SendInput, SendOutput } from '../../machines/conversation/actors.ts';
import { MediaLinks, SENT_LINK_TTL_MS } from '../media/media-links.ts';
import { SendCut, SendUnsettled } from './send-errors.ts';
import { SentMessages } from './sent-messages.ts';

export interface SendInfo {
  readonly actorId: string;
  readonly commandId: string;
  readonly attempt: number;
  /** Ms since the epoch. */
  readonly firstAttemptAt: number;
  /** How long the echoes of an uncertain message are waited for, ms; {@link RECONCILE_MS} by default. */
  readonly reconcileMs?: number;
}

/** Ten seconds short of the vendor's 60, for clocks and slow answers. */
export const SAFE_REPEAT_MS = 50_000;
/** How long echoes and statuses are waited for before an uncertain message is sent again. */
const RECONCILE_MS = 10_000;
const RECONCILE_STEP_MS = 500;
/** When to look again for echoes that came back and wait in the mailbox of a busy shop. */
const UNREAD_RETRY_MS = 5000;
/** Parts of the text are counted from 0; a file goes before them, as a message of its own (wire/01 §2.1). */
const FILE_PART = -1;

/** A UUID that is the same for every try of one command (contract 5): version 8, from SHA-256. */
export const messageUuid = (commandId: string, round: number, part: number): string => {
  const hex = createHash('sha256').update(`${commandId}#${round}#${part}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/**
 * Fails with what Wazzup answered; with `SendCut` when the time of the ids ended or a later part could not follow; with
 * `SendUnsettled` while what came back of an earlier try waits to be read.
 */
export const sendMessage = Effect.fn('sendMessage')(function* (input: SendInput, info: SendInfo) {
  const wazzup = yield* Wazzup;
  const elapsed = Effect.map(Clock.currentTimeMillis, (now) => Math.max(0, now - info.firstAttemptAt));
  const parts = yield* partsOf(wazzup, input);
  const begunAfter = yield* elapsed;
  const isUncertain = info.attempt > 1 && begunAfter > SAFE_REPEAT_MS;
  // Parts leave one after the other: so many that came back are the first ones.
  const out = isUncertain ? yield* partsThatShowUp(info, input.localId, parts.length) : 0;
  // A later round is a new message for the vendor; within a round every try carries the same ids.
  const round = Math.floor((isUncertain ? yield* elapsed : begunAfter) / SAFE_REPEAT_MS);
  const roundEndsAt = info.firstAttemptAt + (round + 1) * SAFE_REPEAT_MS;
  const providerIds: string[] = [];
  // One after the other: parts that race would arrive in any order.
  for (const [index, { number, send }] of parts.slice(out).entries()) {
    const sent = yield* send({
      channelId: input.channelId,
      chatId: input.chatId,
      chatType: 'whatsapp',
      crmMessageId: messageUuid(info.commandId, round, number),
    }).pipe(
      Effect.mapError((error) => (index > 0 && 'unsent' in error ? heldUp(error) : error)),
      endedBy(roundEndsAt),
    );
    if (sent.messageId !== null) providerIds.push(sent.messageId);
  }
  const unnamed = parts.length - providerIds.length;
  return {
    localId: input.localId,
    providerIds,
    ...(unnamed > 0 ? { unnamed } : {}),
  } satisfies SendOutput;
});

/** Whoever still waits for a place or an answer then does not send any more: another try has other ids. */
const endedBy =
  (endsAt: number) =>
  <A, E>(send: Effect.Effect<A, E>): Effect.Effect<A, E | SendCut> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      Effect.timeoutOrElse(send, {
        duration: Math.max(0, endsAt - now),
        orElse: () =>
          Effect.fail(
            new SendCut({
              message: 'The time in which Wazzup knows a repeat ended; the next try looks for echoes first',
              retryable: true,
            }),
          ),
      }),
    );

/** Not "unsent": earlier parts left, so that this attempt has to count and the next one has to look for them. */
const heldUp = ({ message, retryAfterMs }: { readonly message: string; readonly retryAfterMs: number }) =>
  new SendCut({ message: `Only the first parts left: ${message}`, retryable: true, retryAfterMs });

interface Part {
  /** In the message's id: the same at each try. */
  readonly number: number;
  readonly send: (to: SendTo) => Effect.Effect<Sent, WazzupError>;
}

/** What the message is on the wire, in its order: a template, or a file and texts. */
const partsOf = Effect.fnUntraced(function* (wazzup: Wazzup['Service'], input: SendInput) {
  const { template, file, text } = input;
  if (template) {
    const { id: templateId, values } = template;
    return [{ number: 0, send: (to) => wazzup.sendTemplate({ ...to, templateId, values }) }] satisfies Part[];
  }
  const parts: Part[] = [];
  if (file) {
    const { sign } = yield* MediaLinks;
    parts.push({
      number: FILE_PART,
      send: (to) => wazzup.sendFile({ ...to, contentUri: sign(file.path, SENT_LINK_TTL_MS) }),
    });
  }
  if (file && text.trim() === '') return parts;
  for (const [number, piece] of (yield* textsOf(wazzup, input)).entries()) {
    parts.push({ number, send: (to) => wazzup.sendText({ ...to, text: piece }) });
  }
  return parts;
});

/**
 * A model writes markdown; a manager writes what the customer shall see (domain 4.12). Each try has to cut at the same
 * places, because parts are told apart by their number: the channel's own limit never changes, a guess might.
 */
const textsOf = Effect.fnUntraced(function* (wazzup: Wazzup['Service'], input: SendInput) {
  const text = input.by === 'bot' ? toWhatsApp(input.text) : input.text;
  const limit = text.length <= SAFE_TEXT_CHARS ? SAFE_TEXT_CHARS : yield* wazzup.textLimit(input.channelId);
  return splitText(text, limit);
});

/** Waits for the echoes of an uncertain message, until all parts are there or the patience ends. */
const partsThatShowUp = Effect.fnUntraced(function* (info: SendInfo, localId: string, all: number) {
  const sent = yield* SentMessages;
  let seen = yield* sent.look(info.actorId, localId);
  for (let waited = 0; waited < (info.reconcileMs ?? RECONCILE_MS); waited += RECONCILE_STEP_MS) {
    if (seen.partsOut >= all) return all;
    yield* Effect.sleep(RECONCILE_STEP_MS);
    seen = yield* sent.look(info.actorId, localId);
  }
  if (seen.partsOut >= all) return all;
  if (!seen.echoesWait) return seen.partsOut;
  // In a shop that is behind, the proof lies in the mailbox: to send now would be to send twice.
  return yield* new SendUnsettled({
    message:
      'Echoes of this conversation wait to be read; the message is sent once they show that it has to be',
    retryable: true,
    retryAfterMs: UNREAD_RETRY_MS,
  });
});
