/** How each message changes what the conversation remembers: pure `(context, event) → changed parts`. */
import { detectLanguage } from '../../language/language.ts';
import type { SendOutput, TranscribeOutput } from '../actors.ts';
import {
  type ConversationContext,
  type DialogueLine,
  type HeardPart,
  type Language,
  LIMITS,
  type OutboundMessage,
  type PendingMessage,
} from '../context.ts';
import type {
  ChannelEcho,
  CustomerDeleted,
  CustomerEdited,
  CustomerMessage,
  MessageKind,
} from '../events.ts';
import { originOf, withProfileName } from './customer.ts';
import type { Update } from './update.ts';

export const remember = (context: ConversationContext, line: DialogueLine): readonly DialogueLine[] =>
  [...context.dialogue, line].slice(-LIMITS.dialogueLines);

/** What a file, a voice note or a location reads like to the model and in the dialogue. */
const DESCRIPTIONS: Readonly<Record<MessageKind, string>> = {
  text: '',
  image: '[the customer sent a picture]',
  audio: '[the customer sent a voice note]',
  video: '[the customer sent a video]',
  document: '[the customer sent a document]',
  contact: '[the customer sent a contact card]',
  location: '[the customer sent a location]',
  missed_call: '[the customer tried to call]',
  other: '[the customer sent something that cannot be shown]',
};

const wordsOf = (kind: MessageKind, text: string): string =>
  [DESCRIPTIONS[kind], text].filter((part) => part !== '').join(' ');

/** A file, a call or a location without a word beside it. */
export const isWordless = (message: PendingMessage): boolean =>
  message.kind !== 'text' && message.text === DESCRIPTIONS[message.kind];

/** Stores a customer's message whatever the owner is: nothing said is forgotten (lesson F-41). */
export const recordCustomerMessage = (
  context: ConversationContext,
  event: CustomerMessage,
  language: Language,
): Update => {
  const text = wordsOf(event.kind, event.text);
  const voice = event.kind === 'audio' ? event.media : null;
  const hasPicture = (event.kind === 'image' || event.kind === 'document') && event.media !== null;
  const picture = hasPicture && event.media ? { ...event.media, caption: event.text } : null;
  const pending = {
    messageId: event.messageId,
    kind: event.kind,
    text,
    sentAt: event.sentAt,
    voice,
    picture,
  };
  return {
    language,
    contactName: event.contactName ?? context.contactName,
    dialogue: remember(context, { from: 'customer', text, at: event.sentAt }),
    seenIds: [...context.seenIds, event.messageId].slice(-LIMITS.seenIds),
    pending: [...context.pending, pending].sort((a, b) => a.sentAt - b.sentAt).slice(-LIMITS.pendingMessages),
    lastCustomerAt: Math.max(context.lastCustomerAt ?? 0, event.sentAt),
    ...(event.windowless === undefined ? {} : { windowless: event.windowless }),
    createdAt: context.createdAt || (event.at ?? 0),
    ...originOf(context, event.text),
    slots: withProfileName(context, event),
  };
};

/** A message older than what was already answered is history, not a new request (it came with a late sync). */
export const seen = (context: ConversationContext, messageId: string): Update => ({
  seenIds: [...context.seenIds, messageId].slice(-LIMITS.seenIds),
});

export const editMessage = (context: ConversationContext, event: CustomerEdited): Update => ({
  pending: context.pending.map((message) =>
    message.messageId === event.messageId ? { ...message, text: event.text } : message,
  ),
  dialogue: replaceLine(context, event.messageId, event.text),
});

export const deleteMessage = (context: ConversationContext, event: CustomerDeleted): Update => ({
  pending: context.pending.filter((message) => message.messageId !== event.messageId),
  dialogue: replaceLine(context, event.messageId, '[the customer deleted this message]'),
});

/** Only a message that is still pending can be told apart in the dialogue, which keeps no ids. */
const replaceLine = (
  context: ConversationContext,
  messageId: string,
  text: string,
): readonly DialogueLine[] => {
  const pending = context.pending.find((message) => message.messageId === messageId);
  if (!pending) return context.dialogue;
  return context.dialogue.map((line) =>
    line.from === 'customer' && line.at === pending.sentAt && line.text === pending.text
      ? { ...line, text }
      : line,
  );
};

/** A human answered: the open burst is theirs, and the model will know what was said (products.md §5.4). */
export const recordManagerLine = (context: ConversationContext, text: string, at: number): Update => ({
  dialogue: remember(context, { from: 'manager', text, at }),
  pending: [],
  answeredUpTo: context.lastCustomerAt,
});

export const recordEcho = (context: ConversationContext, event: ChannelEcho): Update => ({
  ...recordManagerLine(
    context,
    wordsOf(event.kind, event.text).replace('the customer', 'a colleague'),
    event.sentAt,
  ),
  seenIds: [...context.seenIds, event.messageId].slice(-LIMITS.seenIds),
});

export const recordNote = (context: ConversationContext, text: string, at: number): Update => ({
  dialogue: remember(context, { from: 'note', text, at }),
});

/** Queues one of our own messages: its text is needed to recognise its echo. */
export const queueOutbound = (
  context: ConversationContext,
  message: Pick<OutboundMessage, 'by' | 'text' | 'at' | 'template' | 'file'>,
): Update => {
  const count = context.outboundCount + 1;
  const entry: OutboundMessage = { ...message, localId: `m${count}`, providerIds: [] };
  return { outbound: [...context.outbound, entry].slice(-LIMITS.outboundMessages), outboundCount: count };
};

/**
 * The vendor's ids of one of our messages. Another one with the same words may have been given them by an echo that came
 * first: it has not gone out yet, and its own echo must be recognised. A message of which not all parts were named stays
 * open for their echoes.
 */
export const confirmSent = (context: ConversationContext, output: SendOutput): Update => ({
  outbound: context.outbound.map((message) => {
    if (message.localId === output.localId) return namedBy(message, output);
    if (!message.providerIds.some((id) => output.providerIds.includes(id))) return message;
    const { heard, ...rest } = message;
    const left = heard?.filter(({ id }) => !output.providerIds.includes(id)) ?? [];
    return {
      ...rest,
      providerIds: message.providerIds.filter((id) => !output.providerIds.includes(id)),
      ...(left.length > 0 ? { heard: left } : {}),
    };
  }),
});

const namedBy = (message: OutboundMessage, { providerIds, unnamed = 0 }: SendOutput): OutboundMessage => {
  if (providerIds.length === 0) return message;
  const { heard = [], ...rest } = message;
  if (unnamed === 0) return { ...rest, providerIds };
  return { ...rest, providerIds: [...new Set([...message.providerIds, ...providerIds])], heard };
};

/** An echo that came before the channel's answer, taken for a part of the message. */
export const hearPart = (context: ConversationContext, localId: string, part: HeardPart): Update => ({
  outbound: context.outbound.map((message) =>
    message.localId === localId
      ? {
          ...message,
          providerIds: [...message.providerIds, part.id],
          heard: [...(message.heard ?? []), part],
        }
      : message,
  ),
});

/** A message is given up by the channel once, however many parts of it fail. */
export const markFailed = (context: ConversationContext, providerId: string): Update => ({
  outbound: context.outbound.map((message) =>
    message.providerIds.includes(providerId) ? { ...message, failed: true } : message,
  ),
});

/**
 * Puts the words of voice notes where their descriptions stood, so that they go the way of any text (domain 16.5). A
 * note that could not be understood keeps its description and is not tried again.
 */
export const hearVoice = (context: ConversationContext, heard: TranscribeOutput['heard']): Update => {
  const words = new Map(
    heard.flatMap(({ messageId, text }) => (text === null ? [] : [[messageId, text] as const])),
  );
  const before = context.pending.filter((message) => words.has(message.messageId));
  const pending = context.pending.map((message) => ({
    ...message,
    text: words.get(message.messageId) ?? message.text,
    voice: null,
  }));
  const dialogue = context.dialogue.map((line) => {
    const note = before.find(
      (message) => line.from === 'customer' && line.at === message.sentAt && line.text === message.text,
    );
    return note ? { ...line, text: words.get(note.messageId) ?? line.text } : line;
  });
  const said = pending.filter((message) => words.has(message.messageId)).map((message) => message.text);
  return {
    pending,
    dialogue,
    language: said.reduce<Language>((language, text) => detectLanguage(text, language), context.language),
  };
};

/** A sentence that the machine says itself, outside the turn's reply: the model knows afterwards what was said. */
export const sayLine = (context: ConversationContext, text: string, at: number): Update => ({
  ...queueOutbound(context, { by: 'bot', text, at }),
  dialogue: remember(context, { from: 'bot', text, at }),
});
