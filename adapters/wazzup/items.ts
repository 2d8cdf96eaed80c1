/** What a Wazzup webhook can tell us, as a closed union (lesson F-39). Vendor shapes stop here. */

/** What was sent. `other` is anything we have no name for: it is never dropped (lesson F-41). */
export type MessageKind =
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'document'
  | 'contact'
  | 'location'
  | 'missed_call'
  | 'other';

export interface Media {
  /** `contentUri` as the vendor gave it. Untrusted: fetch only from allowed hosts (contract 3.6). */
  readonly uri: string;
  readonly name: string | null;
}

/** Where a message belongs: one customer on one channel. */
export interface ChatAddress {
  readonly channelId: string;
  /** Digits for WhatsApp; anything for groups, so never a number (wire/01 §7.3). */
  readonly chatId: string;
  readonly chatType: string;
}

/** The customer wrote. */
export interface MessageItem extends ChatAddress {
  readonly kind: 'message';
  readonly messageId: string;
  readonly messageKind: MessageKind;
  /** Text or caption, cut to {@link MAX_TEXT_CHARS}; empty when there is none. */
  readonly text: string;
  readonly media: Media | null;
  readonly quoted: { readonly messageId: string | null; readonly text: string } | null;
  /** The WhatsApp profile name: untrusted text (wire/01 §7.4). */
  readonly contactName: string | null;
  /** Provider time, ms since the epoch. */
  readonly sentAt: number;
}

/** An outgoing message came back: a manager's, or our own (wire/01 §5.3). The outbox tells which. */
export interface EchoItem extends ChatAddress {
  readonly kind: 'echo';
  readonly messageId: string;
  readonly messageKind: MessageKind;
  readonly text: string;
  readonly media: Media | null;
  /** Typed in Wazzup's own chat. */
  readonly sentFromApp: boolean;
  readonly authorType: 'client' | 'manager' | 'bot' | null;
  readonly authorName: string | null;
  readonly sentAt: number;
}

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'error';

/** Progress of one outgoing message. Can come out of order or never (wire/01 §5.4). */
export interface StatusItem {
  readonly kind: 'status';
  readonly messageId: string;
  readonly status: DeliveryStatus;
  readonly error: { readonly code: string; readonly description: string } | null;
  /** Known only when the status came inside `messages[]`. */
  readonly chat: ChatAddress | null;
  /** Provider time, ms since the epoch. */
  readonly at: number | null;
}

/** The customer changed a message: the id is that of the original. */
export interface EditedItem extends ChatAddress {
  readonly kind: 'edited';
  readonly messageId: string;
  readonly text: string;
  readonly sentAt: number;
}

/** The customer deleted a message. */
export interface DeletedItem extends ChatAddress {
  readonly kind: 'deleted';
  readonly messageId: string;
  readonly sentAt: number;
}

/** The channel itself changed state, for example lost its phone (lesson F-45). */
export interface ChannelItem {
  readonly kind: 'channel';
  readonly channelId: string;
  /** Lower case: the vendor mixes spellings (wire/01 §2.3). */
  readonly state: string;
  readonly at: number | null;
}

export interface TemplateItem {
  readonly kind: 'template';
  readonly templateGuid: string;
  readonly name: string | null;
  /** Lower case: approved, pending, rejected, archived. */
  readonly status: string;
}

/** Known to exist and of no use to a seller (`createContact`, an edit of our own message, a new key): to be counted. */
export interface OtherItem {
  readonly kind: 'other';
  readonly name: string;
}

export type WazzupItem =
  | MessageItem
  | EchoItem
  | StatusItem
  | EditedItem
  | DeletedItem
  | ChannelItem
  | TemplateItem
  | OtherItem;

/** An item that could not be read, kept for an operator (contract 3.1). */
export interface RejectedItem {
  /** `messages[0].chatId`; empty when the body itself is not an object. */
  readonly path: string;
  readonly reason: string;
  /** As it came: may hold a NUL character, which `jsonb` refuses, so store it as text. */
  readonly raw: unknown;
}

/** Longer texts are cut: no request of a customer needs more than this (G10). */
export const MAX_TEXT_CHARS = 8000;
