/** What the machine emits about messages: the transcript's read model and the live stream are made from these alone. */
import type { SendOutput } from './actors.ts';
import type { ConversationContext } from './context.ts';
import type {
  ChannelEcho,
  CustomerMessage,
  ManagerNote,
  Media,
  MessageKind,
  MessageStatus,
} from './events.ts';

export interface MessageRecorded {
  readonly type: 'message.recorded';
  readonly id: string;
  readonly from: 'customer' | 'bot' | 'manager' | 'note';
  readonly author: string | null;
  readonly kind: MessageKind;
  readonly text: string;
  readonly media: Media | null;
  readonly quoted: string | null;
  readonly status: 'received' | 'queued' | 'sent';
  /** The channel's id, when it is known already. */
  readonly providerId: string | null;
  readonly at: number;
}

export interface MessageProgressed {
  readonly type: 'message.progressed';
  /** Our own id, or null when only the channel's id is known. */
  readonly id: string | null;
  readonly providerIds: readonly string[];
  readonly status: 'sent' | 'delivered' | 'read' | 'failed' | 'dropped';
  readonly error: string | null;
}

export interface MessageChanged {
  readonly type: 'message.changed';
  readonly id: string;
  /** Null when the customer deleted it. */
  readonly text: string | null;
}

export type MessageFact = MessageRecorded | MessageProgressed | MessageChanged;

export const ofCustomerMessage = (event: CustomerMessage): MessageRecorded => ({
  type: 'message.recorded',
  id: event.messageId,
  from: 'customer',
  author: event.contactName,
  kind: event.kind,
  text: event.text,
  media: event.media,
  quoted: event.quoted?.text ?? null,
  status: 'received',
  providerId: event.messageId,
  at: event.sentAt,
});

export const ofEcho = (event: ChannelEcho): MessageRecorded => ({
  type: 'message.recorded',
  id: event.messageId,
  // Another program's messages reach us as echoes only when they are history.
  from: event.authorType === 'bot' ? 'bot' : 'manager',
  author: event.authorName,
  kind: event.kind,
  text: event.text,
  media: event.media,
  quoted: null,
  status: 'sent',
  providerId: event.messageId,
  at: event.sentAt,
});

export const ofNote = (event: ManagerNote, at: number): MessageRecorded => ({
  type: 'message.recorded',
  id: `note-${at}`,
  from: 'note',
  author: event.by.name,
  kind: 'text',
  text: event.text,
  media: null,
  quoted: null,
  status: 'received',
  providerId: null,
  at,
});

export const ofSent = (output: SendOutput): MessageProgressed => ({
  type: 'message.progressed',
  id: output.localId,
  providerIds: output.providerIds,
  status: 'sent',
  error: null,
});

/** The echo of our own message proves that it went out, even when the vendor's answer never came. */
export const ofConfirmedEcho = (context: ConversationContext, event: ChannelEcho): MessageProgressed => {
  const message = context.outbound.find(({ providerIds }) => providerIds.includes(event.messageId));
  return {
    type: 'message.progressed',
    id: message?.localId ?? null,
    providerIds: message?.providerIds ?? [event.messageId],
    status: 'sent',
    error: null,
  };
};

export const ofStatus = (event: MessageStatus): MessageProgressed => ({
  type: 'message.progressed',
  id: null,
  providerIds: [event.messageId],
  status: event.status === 'error' ? 'failed' : event.status,
  error: event.error ? `${event.error.code}: ${event.error.description}` : null,
});

/** What was queued and is taken back, because a person spoke. */
export const ofDropped = (id: string | null): MessageProgressed => ({
  type: 'message.progressed',
  id,
  providerIds: [],
  status: 'dropped',
  error: 'A person took the conversation over before it was sent.',
});
