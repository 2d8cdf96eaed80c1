/** The webhook bodies Wazzup would post (wire/01 §5.3, §5.4). */
import type { MessageKind } from './items.ts';
import type { SimMessage } from './simulator.ts';

export interface Line {
  readonly channelId: string;
  readonly chatId: string;
}

/** Our kinds in the vendor's words. */
const TYPES: Readonly<Record<MessageKind, string>> = {
  text: 'text',
  image: 'image',
  audio: 'audio',
  video: 'video',
  document: 'document',
  contact: 'vcard',
  location: 'geo',
  missed_call: 'missing_call',
  other: 'unsupported',
};

const common = (line: Line, message: SimMessage) => ({
  messageId: message.id,
  channelId: line.channelId,
  chatType: 'whatsapp',
  chatId: line.chatId,
  dateTime: new Date(message.at).toISOString(),
  type: TYPES[message.kind],
  ...(message.text === '' ? {} : { text: message.text }),
  ...(message.contentUri ? { contentUri: message.contentUri } : {}),
});

export const inboundPayload = (
  line: Line,
  message: SimMessage,
  name: string | null,
  quoted?: SimMessage,
) => ({
  messages: [
    {
      ...common(line, message),
      status: 'inbound',
      authorType: 'client',
      isEcho: false,
      contact: { name, avatarUri: null },
      ...(quoted ? { quotedMessage: common(line, quoted) } : {}),
    },
  ],
});

/** A manager's message, or our own API send come back (wire/00 fact 3). */
export const echoPayload = (
  line: Line,
  message: SimMessage,
  author: { readonly type: 'manager' | 'bot'; readonly name: string | null; readonly sentFromApp: boolean },
) => ({
  messages: [
    {
      ...common(line, message),
      status: 'sent',
      isEcho: true,
      sentFromApp: author.sentFromApp,
      authorType: author.type,
      authorName: author.name,
    },
  ],
});

/** The webhook spells some states otherwise than the list: `openElsewhere`, `qrIdle` (wire/01 §2.3). */
export const channelPayload = (channelId: string, state: string, at: number) => ({
  channelsUpdates: [{ channelId, state: WEBHOOK_SPELLING.get(state) ?? state, timestamp: at }],
});

const WEBHOOK_SPELLING: ReadonlyMap<string, string> = new Map([
  ['openelsewhere', 'openElsewhere'],
  ['qridle', 'qrIdle'],
]);

export const templatePayload = (templateGuid: string, name: string, status: string) => ({
  templateStatus: { templateGuid, name, status },
});

export const statusPayload = (messageId: string, status: string, at: number, error?: string) => ({
  statuses: [
    {
      messageId,
      timestamp: new Date(at).toISOString(),
      status,
      ...(error ? { error: { error, description: `the sandbox was told to fail with ${error}` } } : {}),
    },
  ],
});
