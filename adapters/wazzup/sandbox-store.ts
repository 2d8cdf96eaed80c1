/** What the sandbox phones show: chats, messages and their states, bounded (G10). */
import type { MessageKind } from './items.ts';
import type { SimChat, SimMessage } from './simulator.ts';

export const MAX_CHATS = 5000;
export const MAX_MESSAGES_PER_CHAT = 500;

interface Chat {
  readonly chatId: string;
  name: string | null;
  /** When the customer wrote last, ms; null: not since this sandbox started. */
  lastInboundAt: number | null;
  readonly messages: SimMessage[];
}

export interface NewMessage {
  readonly id: string;
  readonly chatId: string;
  readonly from: 'customer' | 'business';
  readonly author?: 'api' | 'manager';
  readonly crmMessageId?: string | undefined;
  readonly kind: MessageKind;
  readonly text: string;
  readonly contentUri?: string | undefined;
  readonly name?: string | undefined;
  readonly buttons?: readonly string[] | undefined;
  readonly quotes?: string | undefined;
}

const RANK = { sent: 1, delivered: 2, read: 3, error: 3 } as const;

export class SandboxStore {
  readonly #now: () => number;
  readonly #chats = new Map<string, Chat>();
  readonly #listeners = new Set<(chatId: string) => void>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Times within a chat only grow, so that "provider time" orders a burst. */
  add(message: NewMessage): SimMessage {
    const chat = this.#open(message.chatId);
    if (message.name) chat.name = message.name;
    const at = Math.max(this.#now(), (chat.messages.at(-1)?.at ?? 0) + 1);
    const stored: SimMessage = {
      id: message.id,
      from: message.from,
      ...(message.author ? { author: message.author } : {}),
      ...(message.crmMessageId ? { crmMessageId: message.crmMessageId } : {}),
      kind: message.kind,
      text: message.text,
      ...(message.contentUri ? { contentUri: message.contentUri } : {}),
      ...(message.buttons ? { buttons: message.buttons } : {}),
      ...(message.quotes ? { quotes: message.quotes } : {}),
      at,
      status: 'sent',
    };
    if (message.from === 'customer') chat.lastInboundAt = at;
    chat.messages.push(stored);
    if (chat.messages.length > MAX_MESSAGES_PER_CHAT) chat.messages.shift();
    this.#changed(message.chatId);
    return stored;
  }

  /** Statuses only move forward (domain 4.11). */
  setStatus(chatId: string, id: string, status: SimMessage['status'], error?: string): void {
    const message = this.find(chatId, id);
    if (!message || RANK[message.status] >= RANK[status]) return;
    this.change(chatId, id, { status, ...(error ? { error } : {}) });
  }

  change(chatId: string, id: string, patch: Partial<SimMessage>): void {
    const messages = this.#chats.get(chatId)?.messages ?? [];
    const index = messages.findIndex((message) => message.id === id);
    const message = messages[index];
    if (!message) return;
    messages[index] = { ...message, ...patch };
    this.#changed(chatId);
  }

  /** By the message's id alone, as edits come. */
  findAnywhere(id: string): { readonly chatId: string; readonly message: SimMessage } | undefined {
    for (const chatId of this.#chats.keys()) {
      const message = this.find(chatId, id);
      if (message) return { chatId, message };
    }
    return undefined;
  }

  find(chatId: string, id: string): SimMessage | undefined {
    return this.#chats.get(chatId)?.messages.find((message) => message.id === id);
  }

  messages(chatId: string): readonly SimMessage[] {
    return [...(this.#chats.get(chatId)?.messages ?? [])];
  }

  name(chatId: string): string | null {
    return this.#chats.get(chatId)?.name ?? null;
  }

  lastInboundAt(chatId: string): number | null {
    return this.#chats.get(chatId)?.lastInboundAt ?? null;
  }

  chats(): readonly SimChat[] {
    const shown = [...this.#chats.values()].map((chat) => ({
      chatId: chat.chatId,
      name: chat.name,
      last: chat.messages.at(-1) ?? null,
      unread: unreadOf(chat.messages).length,
    }));
    return shown.sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0));
  }

  /** Marks what the customer sees on opening the chat; returns the messages that became read. */
  markRead(chatId: string): readonly SimMessage[] {
    const unread = unreadOf(this.#chats.get(chatId)?.messages ?? []);
    for (const message of unread) this.setStatus(chatId, message.id, 'read');
    return unread;
  }

  onChange(listener: (chatId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #open(chatId: string): Chat {
    const known = this.#chats.get(chatId);
    if (known) {
      // Re-inserted, so that the oldest chat in the map is the one idle longest.
      this.#chats.delete(chatId);
      this.#chats.set(chatId, known);
      return known;
    }
    const oldest = this.#chats.size >= MAX_CHATS ? this.#chats.keys().next().value : undefined;
    if (oldest !== undefined) this.#chats.delete(oldest);
    const chat: Chat = { chatId, name: null, lastInboundAt: null, messages: [] };
    this.#chats.set(chatId, chat);
    return chat;
  }

  #changed(chatId: string): void {
    for (const listener of this.#listeners) listener(chatId);
  }
}

const unreadOf = (messages: readonly SimMessage[]): readonly SimMessage[] =>
  messages.filter(
    (message) => message.from === 'business' && (message.status === 'sent' || message.status === 'delivered'),
  );
