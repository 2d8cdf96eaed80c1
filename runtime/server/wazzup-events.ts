/** Channel items to mailbox events: pure, so that every mapping has a test without a server. */
import { createHash } from 'node:crypto';
import type {
  ChannelItem,
  DeletedItem,
  EchoItem,
  EditedItem,
  MessageItem,
  StatusItem,
  TemplateItem,
  WazzupItem,
} from '../../adapters/wazzup/webhook.ts';
import {
  CONVERSATION_KIND,
  type ConversationEvent,
  conversationId,
} from '../../machines/conversation/events.ts';
import type { Cause, MailboxEvent } from '../engine/types.ts';

/** What a webhook means to us. */
export interface Sorted {
  readonly events: readonly MailboxEvent[];
  /** Their conversation is found by the provider's message id. */
  readonly statuses: readonly StatusItem[];
  readonly channels: readonly ChannelItem[];
  readonly templates: readonly TemplateItem[];
  /** Why items were left out, with their number: `unknown_channel`, `chat_type`, `other`. */
  readonly ignored: Readonly<Record<string, number>>;
}

/** Groups and other messengers never become conversations: a seller answers one customer on WhatsApp. */
const CHAT_TYPE = 'whatsapp';

/**
 * Sorts the items of one webhook. `now` (ms) stands in for a missing provider time; `windowless` tells of the channels
 * whose transport is known whether they have no 24-hour window.
 */
export const sortItems = (
  items: readonly WazzupItem[],
  channelIds: ReadonlySet<string>,
  now: number,
  windowless: ReadonlyMap<string, boolean> = new Map(),
): Sorted => {
  const events: MailboxEvent[] = [];
  const statuses: StatusItem[] = [];
  const channels: ChannelItem[] = [];
  const templates: TemplateItem[] = [];
  const ignored: Record<string, number> = {};
  const ignore = (reason: string) => {
    ignored[reason] = (ignored[reason] ?? 0) + 1;
  };
  for (const item of items) {
    if (item.kind === 'other') ignore(item.kind);
    else if (item.kind === 'template') templates.push(item);
    else if (item.kind === 'channel') {
      if (channelIds.has(item.channelId)) channels.push(item);
      else ignore('unknown_channel');
    } else if (item.kind === 'status' && item.chat === null) statuses.push(item);
    else {
      const chat = item.kind === 'status' ? item.chat : item;
      if (chat === null || !channelIds.has(chat.channelId)) ignore('unknown_channel');
      else if (chat.chatType !== CHAT_TYPE) ignore('chat_type');
      else events.push(eventOf(item, conversationId(chat.channelId, chat.chatId), now, windowless));
    }
  }
  return { events, statuses, channels, templates, ignored };
};

type Addressed = MessageItem | EchoItem | StatusItem | EditedItem | DeletedItem;

/** One event. Its id makes a repeated delivery harmless: the vendor may send anything twice (wire/01 §7.5). */
export const eventOf = (
  item: Addressed,
  actorId: string,
  now: number,
  windowless: ReadonlyMap<string, boolean> = new Map(),
): MailboxEvent => {
  const { eventId, cause, body } = describe(item, windowless);
  const sentAt = item.kind === 'status' ? (item.at ?? now) : item.sentAt;
  return { actorId, kind: CONVERSATION_KIND, eventId, cause, sentAt, body: { ...body } };
};

interface Described {
  readonly eventId: string;
  readonly cause: Cause;
  readonly body: ConversationEvent;
}

const describe = (item: Addressed, windowless: ReadonlyMap<string, boolean>): Described => {
  switch (item.kind) {
    case 'message':
      return { eventId: item.messageId, cause: 'customer', body: messageBody(item, windowless) };
    case 'echo':
      return { eventId: `${item.messageId}:echo`, cause: echoCause(item), body: echoBody(item) };
    case 'edited':
      return {
        eventId: `${item.messageId}:edited:${createHash('sha256').update(item.text).digest('hex').slice(0, 16)}`,
        cause: 'customer',
        body: { type: 'customer.edited', messageId: item.messageId, text: item.text },
      };
    case 'deleted':
      return {
        eventId: `${item.messageId}:deleted`,
        cause: 'customer',
        body: { type: 'customer.deleted', messageId: item.messageId },
      };
    case 'status':
      return {
        eventId: `${item.messageId}:${item.status}`,
        cause: 'system',
        body: { type: 'message.status', messageId: item.messageId, status: item.status, error: item.error },
      };
  }
};

const messageBody = (item: MessageItem, windowless: ReadonlyMap<string, boolean>): ConversationEvent => ({
  type: 'customer.message',
  messageId: item.messageId,
  kind: item.messageKind,
  text: item.text,
  media: item.media,
  quoted: item.quoted,
  contactName: item.contactName,
  sentAt: item.sentAt,
  ...windowOf(windowless.get(item.channelId)),
});

const windowOf = (windowless: boolean | undefined) => (windowless === undefined ? {} : { windowless });

const echoBody = (item: EchoItem): ConversationEvent => ({
  type: 'channel.echo',
  messageId: item.messageId,
  kind: item.messageKind,
  text: item.text,
  media: item.media,
  sentFromApp: item.sentFromApp,
  authorType: item.authorType,
  authorName: item.authorName,
  sentAt: item.sentAt,
});

/** Who spoke, as far as the channel says; the statechart decides by its own outbox (wire/01 §5.3). */
const echoCause = (item: EchoItem): Cause => {
  if (item.sentFromApp || item.authorType === 'manager') return 'manager';
  return item.authorType === 'bot' ? 'bot' : 'system';
};
