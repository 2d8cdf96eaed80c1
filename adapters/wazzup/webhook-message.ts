/** One entry of `messages[]`: who wrote it decides what it is (wire/01 §5.3, §7.6; domain 4.2, 4.3). */
import type {
  ChatAddress,
  EchoItem,
  Media,
  MessageItem,
  MessageKind,
  StatusItem,
  WazzupItem,
} from './items.ts';
import { MAX_TEXT_CHARS } from './items.ts';
import {
  type BadField,
  clean,
  cut,
  deliveryStatusOf,
  errorOf,
  MAX_ID_CHARS,
  MAX_NAME_CHARS,
  momentOf,
  type WireMessage,
} from './wire.ts';

/** `voice` and `ptt` are seen in real traffic; stickers come as images (wire/01 §5.3). */
const KINDS: ReadonlyMap<string, MessageKind> = new Map([
  ['text', 'text'],
  ['image', 'image'],
  ['sticker', 'image'],
  ['audio', 'audio'],
  ['voice', 'audio'],
  ['ptt', 'audio'],
  ['video', 'video'],
  ['document', 'document'],
  ['file', 'document'],
  ['vcard', 'contact'],
  ['contact', 'contact'],
  ['geo', 'location'],
  ['location', 'location'],
  ['missing_call', 'missed_call'],
  ['missed_call', 'missed_call'],
]);

/** The items that one entry stands for, or the field that makes it unusable. */
export const messageItems = (wire: WireMessage): readonly WazzupItem[] | BadField => {
  const sentAt = momentOf(wire.dateTime);
  if (sentAt === null) return { field: 'dateTime', reason: 'is not a moment' };
  const chat: ChatAddress = {
    channelId: clean(wire.channelId),
    chatId: clean(wire.chatId),
    chatType: clean(wire.chatType ?? 'whatsapp'),
  };
  for (const field of ['channelId', 'chatId'] as const) {
    if (chat[field] === '') return { field, reason: 'is empty' };
  }
  const messageId = clean(wire.messageId);
  if (messageId === '') return { field: 'messageId', reason: 'is empty' };
  const author = whoWrote(wire);
  if (wire.isDeleted === true || wire.isEdited === true) {
    const what = wire.isDeleted === true ? 'deleted' : 'edited';
    if (author !== 'customer') return [{ kind: 'other', name: `outgoing.${what}` }];
    return what === 'deleted'
      ? [{ kind: 'deleted', ...chat, messageId, sentAt }]
      : [{ kind: 'edited', ...chat, messageId, text: textOf(wire), sentAt }];
  }
  if (author === 'customer') return [customerMessage(wire, chat, messageId, sentAt)];
  const status = progress(wire, chat, messageId, sentAt);
  if (author === 'us') return status;
  // An echo that already carries progress is both facts at once; `sent` adds nothing to the echo itself.
  return [echo(wire, chat, messageId, sentAt), ...status.filter((item) => item.status !== 'sent')];
};

/**
 * `customer`; `outgoing`: an echo, a manager's or our own; `us`: a status of our own message in a message's clothes.
 * The echo flag and the author come before the status, because managers' messages carry outgoing statuses too.
 */
const whoWrote = (wire: WireMessage): 'customer' | 'outgoing' | 'us' => {
  const author = wire.authorType?.toLowerCase();
  if (wire.isEcho === true || author === 'manager') return 'outgoing';
  if (author === 'client') return 'customer';
  if (deliveryStatusOf(wire.status)) return 'us';
  return author === 'bot' ? 'outgoing' : 'customer';
};

const progress = (
  wire: WireMessage,
  chat: ChatAddress,
  messageId: string,
  at: number,
): readonly StatusItem[] => {
  const status = deliveryStatusOf(wire.status);
  return status ? [{ kind: 'status', messageId, status, error: errorOf(wire.error), chat, at }] : [];
};

const customerMessage = (
  wire: WireMessage,
  chat: ChatAddress,
  messageId: string,
  sentAt: number,
): MessageItem => ({
  kind: 'message',
  ...chat,
  messageId,
  messageKind: kindOf(wire),
  text: textOf(wire),
  media: mediaOf(wire),
  quoted: quotedOf(wire),
  contactName: nameOf(wire.contact?.name),
  sentAt,
});

const echo = (wire: WireMessage, chat: ChatAddress, messageId: string, sentAt: number): EchoItem => ({
  kind: 'echo',
  ...chat,
  messageId,
  messageKind: kindOf(wire),
  text: textOf(wire),
  media: mediaOf(wire),
  sentFromApp: wire.sentFromApp === true,
  authorType: authorTypeOf(wire),
  authorName: nameOf(wire.authorName),
  sentAt,
});

const authorTypeOf = (wire: WireMessage): EchoItem['authorType'] => {
  const author = wire.authorType?.toLowerCase();
  return author === 'client' || author === 'manager' || author === 'bot' ? author : null;
};

/** A message without a type is a text when it has one: a missing label must not hide what was said. */
const kindOf = (wire: WireMessage): MessageKind => {
  const type = wire.type?.toLowerCase();
  if (type) return KINDS.get(type) ?? 'other';
  return wire.text ? 'text' : 'other';
};

/** The text, or the label of the button that was pressed in place of writing (wire/01 §5.3). */
const textOf = (wire: WireMessage): string => {
  const pressed = wire.interactive?.map((button) => button.text ?? button.payload).find(Boolean);
  return cut(clean(wire.text || pressed || ''), MAX_TEXT_CHARS);
};

const nameOf = (name: string | null | undefined): string | null => {
  const tidy = cut(clean(name ?? '').trim(), MAX_NAME_CHARS);
  return tidy === '' ? null : tidy;
};

const quotedOf = (wire: WireMessage): MessageItem['quoted'] => {
  const quoted = wire.quotedMessage;
  if (!quoted || (!quoted.messageId && !quoted.text)) return null;
  return {
    messageId: quoted.messageId ? cut(clean(quoted.messageId), MAX_ID_CHARS) : null,
    text: cut(clean(quoted.text ?? ''), MAX_TEXT_CHARS),
  };
};

const mediaOf = (wire: WireMessage): Media | null => {
  if (!wire.contentUri) return null;
  const uri = clean(wire.contentUri);
  return { uri, name: fileNameOf(uri) };
};

/** Wazzup's store puts the name into the query: `…/?filename=plan.pdf`. */
const fileNameOf = (uri: string): string | null => {
  const query = uri.split('?', 2)[1];
  return query ? nameOf(new URLSearchParams(query).get('filename')) : null;
};
