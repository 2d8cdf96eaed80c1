/** The phones: a customer's and a manager's, writing through the vendor's webhook. */
import type { MessageKind } from './items.ts';
import type { SandboxFiles } from './sandbox-files.ts';
import { echoPayload, inboundPayload, statusPayload } from './sandbox-payloads.ts';
import type { SandboxStore } from './sandbox-store.ts';
import type { WebhookPoster } from './sandbox-webhooks.ts';
import type { CustomerWrites, ManagerWrites, PhoneSimulator } from './simulator.ts';

export interface PhoneDeps {
  readonly channelId: string;
  readonly store: SandboxStore;
  readonly files: SandboxFiles;
  readonly poster: WebhookPoster;
  readonly now: () => number;
  readonly newId: () => string;
}

const MAX_TIMES = 10;

export const makePhones = (deps: PhoneDeps): PhoneSimulator => {
  const { store, poster } = deps;
  const line = (chatId: string) => ({ channelId: deps.channelId, chatId });

  const customerWrites = async (message: CustomerWrites) => {
    checkChatId(message.chatId);
    const kind: MessageKind = message.kind ?? (message.contentUri ? 'image' : 'text');
    const written = store.add({
      id: deps.newId(),
      chatId: message.chatId,
      from: 'customer',
      kind,
      text: message.text ?? '',
      contentUri:
        message.contentUri ?? stored(deps.files, message.file) ?? deps.files.sample(kind, message.sample),
      name: message.name,
    });
    const quoted = message.quotedMessageId ? store.find(message.chatId, message.quotedMessageId) : undefined;
    const payload = inboundPayload(line(message.chatId), written, store.name(message.chatId), quoted);
    const times = Math.min(Math.max(message.times ?? 1, 1), MAX_TIMES);
    try {
      await Promise.all(Array.from({ length: times }, () => poster.post(message.chatId, payload)));
    } catch (error) {
      store.setStatus(message.chatId, written.id, 'error', 'not taken by the product');
      throw error;
    }
    store.setStatus(message.chatId, written.id, 'delivered');
    return { messageId: written.id };
  };

  const managerWrites = async (message: ManagerWrites) => {
    checkChatId(message.chatId);
    const stored = store.add({
      id: deps.newId(),
      chatId: message.chatId,
      from: 'business',
      author: 'manager',
      kind: 'text',
      text: message.text,
    });
    const author = {
      type: 'manager' as const,
      name: message.name ?? null,
      sentFromApp: message.from === 'app',
    };
    await poster.post(message.chatId, echoPayload(line(message.chatId), stored, author));
    return { messageId: stored.id };
  };

  const markRead = async (chatId: string) => {
    const read = store.markRead(chatId);
    await Promise.all(
      read.map((message) => poster.post(chatId, statusPayload(message.id, 'read', deps.now()))),
    );
  };

  return {
    customerWrites,
    managerWrites,
    markRead,
    chat: (chatId) => store.messages(chatId),
    chats: () => store.chats(),
    onChange: (listener) => store.onChange(listener),
  };
};

/** The link of a file that came with the message. */
const stored = (files: SandboxFiles, file: CustomerWrites['file']): string | undefined =>
  file && files.put(file.bytes, file.name, file.contentType);

const checkChatId = (chatId: string): void => {
  if (!/^\d{6,15}$/.test(chatId)) throw new RangeError('chatId must be 6 to 15 digits with the country code');
};
