/** What the statechart hands to its sends and alerts, built from the context. */
import type { AlertParams, SendInput } from './actors.ts';
import type { ConversationContext } from './context.ts';
import type { MessageStatus } from './events.ts';
import type { MessageRecorded } from './facts.ts';

/** The input of the send of the message that was queued last. */
export const sendInputOf = (context: ConversationContext): SendInput => {
  const message = context.outbound.at(-1);
  if (!message) throw new Error('Nothing is queued: queue a message before sending it.');
  return {
    localId: message.localId,
    channelId: context.channelId,
    chatId: context.chatId,
    text: message.text,
    by: message.by,
    ...(message.template ? { template: message.template } : {}),
    ...(message.file ? { file: message.file } : {}),
  };
};

/** The transcript's row of the message that was queued last. */
export const recordedReply = (
  context: ConversationContext,
  at: number,
  author: string | null = null,
): MessageRecorded => {
  const message = sendInputOf(context);
  return {
    type: 'message.recorded',
    id: message.localId,
    from: message.by,
    author: author ?? (message.by === 'bot' ? context.briefing.assistantName : null),
    kind: message.file?.kind ?? 'text',
    text: message.text,
    media: message.file ? { uri: message.file.path, name: message.file.name } : null,
    quoted: null,
    status: 'queued',
    providerId: null,
    at,
  };
};

/** Lines of the dialogue in an alert (domain 8.5). */
const ALERT_LINES = 5;

export const alertOf = (
  context: ConversationContext,
  trigger: number | null,
  reason: string,
  summary = '',
): AlertParams => ({
  conversationId: context.id,
  chatId: context.chatId,
  trigger,
  reason,
  summary,
  lastLines: context.dialogue.slice(-ALERT_LINES).map((line) => `${line.from}: ${line.text}`),
});

/** What a manager can do about a message that the channel gave up (wire/01 §5.4). */
const FAILURE_ADVICE: ReadonlyMap<string, string> = new Map([
  ['24_HOURS_EXCEEDED', 'The customer wrote more than 24 hours ago: use an approved template.'],
  ['7_DAYS_EXCEEDED', 'The customer wrote more than 7 days ago: use an approved template.'],
  ['BAD_CONTACT', 'The number cannot be reached on WhatsApp: call the customer.'],
  ['SPAM', 'WhatsApp took it for spam: do not write to this customer for a while.'],
  ['CHANNEL_REJECTED', 'The channel was refused: look at it in the Wazzup cabinet.'],
]);

/** The alert about a message of ours that was accepted and then not delivered. */
export const failureAlert = (context: ConversationContext, status: MessageStatus): AlertParams => {
  const code = status.error?.code ?? 'UNKNOWN_ERROR';
  const advice = FAILURE_ADVICE.get(code) ?? status.error?.description ?? '';
  return alertOf(context, null, `A message was not delivered (${code})`, advice);
};

/** Our id behind a send's result: the turn's reply and the quotation have fixed children, others are named for their message. */
export const sentLocalId = (context: ConversationContext, eventType: string): string | null => {
  const child = eventType.split('.send.')[1] ?? '';
  if (child === 'reply') return context.turn.replyId;
  if (child === 'quote') return context.sale.quote?.messageId ?? null;
  return child === '' ? null : child;
};
