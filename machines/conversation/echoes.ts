/** Which message is new, which is ours coming back, and which is a person's: pure questions about the channel. */
import type { ConversationContext, HeardPart, OutboundMessage } from './context.ts';
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

/** What is left of a text however the channel formats it: marks, list signs and blanks differ between ours and its. */
const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();

/**
 * Longer texts may come back in parts; up to this every channel takes a text whole (wire/01 §2.2: 1,000 characters at
 * least).
 */
const WHOLE_CHARS = 1000;
/** How much of a whole text its echo must show: what is dropped on the way (a picture's link) is never most of it. */
const WHOLE_SHARE = 0.5;
const TAKEN = '\u0000';

/** Which part of the message the echo is, when it can be one; parts that came back already are not looked at again. */
const partOf = (message: OutboundMessage, echo: ChannelEcho): HeardPart['letters'] | undefined => {
  const heard = message.heard ?? [];
  if (message.providerIds.length > 0 && message.heard === undefined) return undefined;
  if (echo.text === '') {
    const isItsFile = message.file !== undefined && message.file.kind === echo.kind;
    return isItsFile && !heard.some(({ letters }) => letters === null) ? null : undefined;
  }
  const said = lettersOf(echo.text);
  const ours = lettersOf(message.text);
  if (said === '') return undefined;
  if (message.text.length <= WHOLE_CHARS && said.length < ours.length * WHOLE_SHARE) return undefined;
  const left = heard.reduce((text, { letters }) => withoutPart(text, letters), ours);
  const from = left.indexOf(said);
  return from === -1 ? undefined : { from, to: from + said.length };
};

const withoutPart = (text: string, part: HeardPart['letters']): string =>
  part === null ? text : text.slice(0, part.from) + TAKEN.repeat(part.to - part.from) + text.slice(part.to);

/** A file comes back as its kind and without words; a text as words of the message. */
const readsLike = (message: OutboundMessage, echo: ChannelEcho): boolean =>
  partOf(message, echo) !== undefined;

/** Ours by id, or by text while the vendor's answer with the id is still on its way (wire/01 §5.3). */
export const isOwnEcho = (context: ConversationContext, event: ChannelEcho): boolean => {
  if (context.outbound.some((message) => message.providerIds.includes(event.messageId))) return true;
  if (isOldEcho(event)) return false;
  if (event.authorType === 'bot') return true;
  if (event.sentFromApp || event.authorType === 'manager') return false;
  return context.outbound.some((message) => readsLike(message, event));
};

/**
 * The message that an echo proves to have gone out, and which part of it, before the channel named it. An echo of a
 * message that has been named proves nothing of another one with the same words.
 */
export const unconfirmedOf = (
  context: ConversationContext,
  event: ChannelEcho,
): { readonly localId: string; readonly part: HeardPart } | null => {
  if (context.outbound.some((message) => message.providerIds.includes(event.messageId))) return null;
  for (const message of context.outbound) {
    const letters = partOf(message, event);
    if (letters !== undefined) return { localId: message.localId, part: { id: event.messageId, letters } };
  }
  return null;
};
