/**
 * Sends one message and makes sure that the customer sees it once. Wazzup forgets `crmMessageId` after 60 s (wire/01 §3):
 * a try within {@link SAFE_REPEAT_MS} of the first one repeats the same id, which the vendor recognises; a later one
 * first waits for an echo or a status that proves the message went out.
 */
import { createHash } from 'node:crypto';
import { Clock, Effect } from 'effect';
import { splitText, toWhatsApp } from '../../adapters/wazzup/format.ts';
import { SAFE_TEXT_CHARS } from '../../adapters/wazzup/limits.ts';
import { Wazzup } from '../../adapters/wazzup/wazzup.ts';
import type { SendInput, SendOutput } from '../../machines/conversation/actors.ts';
import { MediaLinks, SENT_LINK_TTL_MS } from '../media/media-links.ts';
import { SentMessages } from './sent-messages.ts';

export interface SendInfo {
  readonly actorId: string;
  readonly commandId: string;
  readonly attempt: number;
  /** Ms since the epoch. */
  readonly firstAttemptAt: number;
}

/** Ten seconds short of the vendor's 60, for clocks and slow answers. */
export const SAFE_REPEAT_MS = 50_000;
/** How long echoes and statuses are waited for before an uncertain message is sent again. */
const RECONCILE_MS = 10_000;
const RECONCILE_STEP_MS = 500;
/** Parts of the text are counted from 0; a file goes before them, as a message of its own (wire/01 §2.1). */
const FILE_PART = -1;

/** A UUID that is the same for every try of one command (contract 5): version 8, from SHA-256. */
export const messageUuid = (commandId: string, round: number, part: number): string => {
  const hex = createHash('sha256').update(`${commandId}#${round}#${part}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const sendMessage = Effect.fn('sendMessage')(function* (input: SendInput, info: SendInfo) {
  const wazzup = yield* Wazzup;
  const elapsed = (yield* Clock.currentTimeMillis) - info.firstAttemptAt;
  const uncertain = info.attempt > 1 && elapsed > SAFE_REPEAT_MS;
  if (uncertain && (yield* showsUp(info.actorId, input.localId))) {
    return { localId: input.localId, providerIds: [] } satisfies SendOutput;
  }
  // A later round is a new message for the vendor; within a round every try carries the same ids.
  const round = Math.floor(Math.max(0, elapsed) / SAFE_REPEAT_MS);
  const to = (part: number) => ({
    channelId: input.channelId,
    chatId: input.chatId,
    chatType: 'whatsapp',
    crmMessageId: messageUuid(info.commandId, round, part),
  });
  if (input.template) {
    const { id: templateId, values } = input.template;
    const sent = yield* wazzup.sendTemplate({ ...to(0), templateId, values });
    return {
      localId: input.localId,
      providerIds: sent.messageId === null ? [] : [sent.messageId],
    } satisfies SendOutput;
  }
  const providerIds: string[] = [];
  if (input.file) {
    const contentUri = (yield* MediaLinks).sign(input.file.path, SENT_LINK_TTL_MS);
    const sent = yield* wazzup.sendFile({ ...to(FILE_PART), contentUri });
    if (sent.messageId !== null) providerIds.push(sent.messageId);
    if (input.text.trim() === '') return { localId: input.localId, providerIds } satisfies SendOutput;
  }
  // One after the other: parts that race would arrive in any order.
  for (const [part, text] of (yield* partsOf(wazzup, input)).entries()) {
    const sent = yield* wazzup.sendText({ ...to(part), text });
    if (sent.messageId !== null) providerIds.push(sent.messageId);
  }
  return { localId: input.localId, providerIds } satisfies SendOutput;
});

/**
 * A model writes markdown; a manager writes what the customer shall see (domain 4.12). Each try has to cut at the same
 * places, because parts are told apart by their number: the channel's own limit never changes, a guess might.
 */
const partsOf = Effect.fnUntraced(function* (wazzup: Wazzup['Service'], input: SendInput) {
  const text = input.by === 'bot' ? toWhatsApp(input.text) : input.text;
  const limit = text.length <= SAFE_TEXT_CHARS ? SAFE_TEXT_CHARS : yield* wazzup.textLimit(input.channelId);
  return splitText(text, limit);
});

const showsUp = Effect.fnUntraced(function* (conversationId: string, localId: string) {
  const sent = yield* SentMessages;
  for (let waited = 0; waited <= RECONCILE_MS; waited += RECONCILE_STEP_MS) {
    if (yield* sent.wentOut(conversationId, localId)) return true;
    yield* Effect.sleep(RECONCILE_STEP_MS);
  }
  return false;
});
