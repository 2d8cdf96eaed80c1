/** Which message is new, which is ours coming back, and which is a person's: pure questions about the channel. */
import type { ConversationContext, OutboundMessage } from './context.ts';
import type { ChannelEcho, CustomerMessage, MessageStatus } from './events.ts';
import { timeOf } from './machine-events.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Messages this much older than the last answered one came with a late sync (products.md §4). */
const HISTORY_MS = 10 * 60 * 1000;

/** Sent so long ago that it is no request any more. */
export const isHistory = (context: ConversationContext, event: CustomerMessage): boolean =>
  timeOf(event) - event.sentAt > DAY_MS ||
  (context.answeredUpTo !== null && event.sentAt < context.answeredUpTo - HISTORY_MS);

/** Written long ago and new to us: an import or a late sync. */
export const isOldEcho = (event: ChannelEcho): boolean => timeOf(event) - event.sentAt > DAY_MS;

/** The channel gives a message up once, however many parts of it fail. */
export const isFirstFailure = (context: ConversationContext, event: MessageStatus): boolean =>
  event.status === 'error' &&
  !context.outbound.some((message) => message.failed && message.providerIds.includes(event.messageId));

const plain = (text: string): string => text.replace(/[*_~\s]+/g, '').toLowerCase();

/** A file comes back as its kind and without words; a text as words of the message. */
const readsLike = (message: OutboundMessage, echo: ChannelEcho): boolean => {
  if (message.providerIds.length > 0) return false;
  if (echo.text === '') return message.file !== undefined && message.file.kind === echo.kind;
  return plain(message.text).includes(plain(echo.text));
};

/** Ours by id, or by text while the vendor's answer with the id is still on its way (wire/01 §5.3). */
export const isOwnEcho = (context: ConversationContext, event: ChannelEcho): boolean => {
  if (context.outbound.some((message) => message.providerIds.includes(event.messageId))) return true;
  if (isOldEcho(event)) return false;
  if (event.authorType === 'bot') return true;
  if (event.sentFromApp || event.authorType === 'manager') return false;
  return context.outbound.some((message) => readsLike(message, event));
};

/**
 * Our id of the message that an echo proves to have gone out, before the vendor's answer named it. An echo of a message
 * that has been named proves nothing of another one with the same words.
 */
export const unconfirmedOf = (context: ConversationContext, event: ChannelEcho): string | null => {
  if (context.outbound.some((message) => message.providerIds.includes(event.messageId))) return null;
  return context.outbound.find((message) => readsLike(message, event))?.localId ?? null;
};
