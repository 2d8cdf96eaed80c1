/**
 * Every fact that can reach a conversation. The host adds `at` (ms since the epoch, when the event became durable) to
 * each, so that the machine needs no clock. Vendors' shapes never come this far: the webhook's decoder makes these.
 */

import type { OutreachEvent } from './outreach-events.ts';

/** What a customer can send. `other` is anything we have no name for: it is never ignored (lesson F-41). */
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
  /** Where the vendor stores the file. Untrusted: fetched only from allowed hosts (contract 3.6). */
  readonly uri: string;
  readonly name: string | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

interface At {
  /** Added by the host, ms since the epoch. Absent only before an event is durable. */
  readonly at?: number;
}

export interface CustomerMessage extends At {
  readonly type: 'customer.message';
  readonly messageId: string;
  readonly kind: MessageKind;
  /** Text or caption, cut to {@link MAX_TEXT_CHARS}; empty when there is none. */
  readonly text: string;
  readonly media: Media | null;
  readonly quoted: { readonly messageId: string | null; readonly text: string } | null;
  /** The WhatsApp profile name: untrusted text. */
  readonly contactName: string | null;
  /** Provider time, ms since the epoch. */
  readonly sentAt: number;
  /** Came by a personal (QR) channel, which has no 24-hour window (wire/01 §6). Absent: not known. */
  readonly windowless?: boolean;
}

export interface CustomerEdited extends At {
  readonly type: 'customer.edited';
  readonly messageId: string;
  readonly text: string;
}

export interface CustomerDeleted extends At {
  readonly type: 'customer.deleted';
  readonly messageId: string;
}

/** An outgoing message that came back from the channel: our own, or a manager's from the phone or Wazzup. */
export interface ChannelEcho extends At {
  readonly type: 'channel.echo';
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly text: string;
  readonly media: Media | null;
  /** Typed in Wazzup's own chat. */
  readonly sentFromApp: boolean;
  readonly authorType: 'client' | 'manager' | 'bot' | null;
  readonly authorName: string | null;
  readonly sentAt: number;
}

export interface MessageStatus extends At {
  readonly type: 'message.status';
  /** The provider's id of one of our outgoing messages. */
  readonly messageId: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'error';
  readonly error: { readonly code: string; readonly description: string } | null;
}

export interface ManagerTakeOver extends At {
  readonly type: 'manager.takeOver';
  readonly by: Person;
  /** How long the person may be silent before the chat is offered back, ms. Absent: as the setting says. */
  readonly returnInMs?: number;
}

export interface ManagerRelease extends At {
  readonly type: 'manager.release';
  readonly by: Person;
  /** What the bot should know, in the manager's words. */
  readonly note: string | null;
}

/** A manager writes to the customer from the admin. */
export interface ManagerReply extends At {
  readonly type: 'manager.reply';
  readonly by: Person;
  readonly text: string;
}

/** A message whose words WhatsApp approved; the values fill its blanks in order (wire/01 §2.1). */
export interface TemplateUse {
  readonly id: string;
  readonly values: readonly string[];
}

/** A manager writes with an approved template: the only way while the 24-hour window is closed (domain 17.3). */
export interface ManagerTemplate extends At {
  readonly type: 'manager.template';
  readonly by: Person;
  readonly template: TemplateUse;
  /** What the customer will read, for the transcript and to recognise the echo. */
  readonly text: string;
}

export interface ManagerNote extends At {
  readonly type: 'manager.note';
  readonly by: Person;
  readonly text: string;
}

/**
 * A manager's answer, typed in Telegram: put into the customer's language and tone, sent, and then the conversation is
 * the assistant's again (domain 8.7).
 */
export interface ManagerDraft extends At {
  readonly type: 'manager.draft';
  readonly by: Person;
  readonly text: string;
  /** Also propose it to the knowledge base. */
  readonly learn: boolean;
}

/** A manager's word on a concrete order (domain 8.6). */
export interface ManagerDecision extends At {
  readonly type: 'manager.decision';
  readonly by: Person;
  readonly decision: 'confirm' | 'reject';
}

export interface ManagerClose extends At {
  readonly type: 'manager.close';
  readonly by: Person;
}

/** What Inventory or the CRM says of an order of this customer (domain 10.1, 18.4). */
export interface OrderProgressed extends At {
  readonly type: 'order.progressed';
  /** The Inventory order's number. */
  readonly number: string;
  readonly stage: 'paid' | 'delivered' | 'cancelled';
}

/** Everything that outsiders may send; results of children and timers come from the host itself. */
export type ConversationEvent =
  | CustomerMessage
  | CustomerEdited
  | CustomerDeleted
  | ChannelEcho
  | MessageStatus
  | ManagerTakeOver
  | ManagerRelease
  | ManagerReply
  | ManagerTemplate
  | ManagerNote
  | ManagerDraft
  | ManagerDecision
  | ManagerClose
  | OrderProgressed
  | OutreachEvent;

/** Longer texts are cut: WhatsApp's own limit is 65,536 and no request needs more than this (G10). */
export const MAX_TEXT_CHARS = 8000;

export const CONVERSATION_KIND = 'conversation';

/** `wz:<channelId>:<chatId>` (design 1). */
export const conversationId = (channelId: string, chatId: string): string => `wz:${channelId}:${chatId}`;

/** The parts of a conversation id, or `null` when it is not one. */
export const parseConversationId = (id: string): { channelId: string; chatId: string } | null => {
  const match = /^wz:([^:]+):(.+)$/.exec(id);
  return match ? { channelId: match[1] ?? '', chatId: match[2] ?? '' } : null;
};
