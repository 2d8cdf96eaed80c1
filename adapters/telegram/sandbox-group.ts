/** The sandbox's group: messages, buttons, and managers who press and write. */
import { MAX_CAPTION_CHARS } from './document.ts';
import { MAX_TEXT_CHARS, plainOf } from './html.ts';
import { markupFault } from './sandbox-markup.ts';
import { bad } from './sandbox-refusal.ts';

export interface SandboxButton {
  readonly text: string;
  readonly callback_data: string;
}

export interface SandboxMessage {
  readonly id: number;
  readonly chatId: string;
  /** As it was sent. */
  readonly text: string;
  /** As a manager reads it. */
  readonly plain: string;
  /** A file that came with it; the text is its caption. */
  readonly document: { readonly name: string; readonly type: string; readonly bytes: Uint8Array } | null;
  readonly silent: boolean;
  readonly buttons: readonly SandboxButton[];
  /** The message it was posted under. */
  readonly replyTo: number | null;
  /** Opens a reply on the managers' phones. */
  readonly asks: boolean;
  /** Ms since the epoch. */
  readonly at: number;
}

export interface SandboxManager {
  readonly id: number;
  readonly first_name: string;
}

export interface SandboxGroup {
  /** Oldest first. */
  readonly messages: () => readonly SandboxMessage[];
  /** A manager presses the button with this label; the press's id. */
  readonly press: (messageId: number | string, label: string, by?: SandboxManager) => string;
  /** A manager writes, perhaps as a reply to a message. */
  readonly write: (text: string, replyTo?: number | string, by?: SandboxManager) => void;
  /** What the bot answered to a press; `undefined`: the phone still shows a spinner. */
  readonly toast: (pressId: string) => string | undefined;
}

interface GroupDeps {
  /** The chats that the bot is in; `null`: any. */
  readonly chatIds: ReadonlySet<string> | null;
  readonly now: () => number;
  readonly push: (update: object) => void;
}

type Json = Record<string, unknown>;
type Methods = Readonly<Record<string, (json: Json) => unknown>>;

/** Messages and presses kept (G10). */
const KEEP_MAX = 1000;
const CALLBACK_BYTES_MAX = 64;
const TOAST_CHARS_MAX = 200;
const MANAGER: SandboxManager = { id: 111, first_name: 'Manager' };

export const makeGroup = (deps: GroupDeps): { readonly group: SandboxGroup; readonly methods: Methods } => {
  const messages: SandboxMessage[] = [];
  /** `null`: pressed and not answered. */
  const presses = new Map<string, string | null>();
  let nextId = 100;

  const chatOf = (json: Json): string => {
    const chatId = String(json.chat_id ?? '');
    if (chatId === '' || deps.chatIds?.has(chatId) === false) throw bad('chat not found');
    return chatId;
  };
  const find = (id: unknown, chatId?: string): SandboxMessage => {
    const found = messages.find((m) => m.id === Number(id) && (chatId === undefined || m.chatId === chatId));
    if (!found) throw bad('message to edit not found');
    return found;
  };
  const chat = (message: SandboxMessage) => ({ id: Number(message.chatId), type: 'supergroup' });

  const post = (json: Json, said: Pick<SandboxMessage, 'text' | 'plain' | 'document'>): SandboxMessage => {
    const message: SandboxMessage = {
      id: ++nextId,
      chatId: chatOf(json),
      ...said,
      // Multipart knows no booleans.
      silent: String(json.disable_notification) === 'true',
      buttons: buttonsOf(json.reply_markup),
      replyTo: replyOf(json.reply_parameters),
      asks: (json.reply_markup as { force_reply?: unknown } | undefined)?.force_reply === true,
      at: deps.now(),
    };
    messages.push(message);
    messages.splice(0, Math.max(0, messages.length - KEEP_MAX));
    return message;
  };
  const receipt = (message: SandboxMessage) => ({
    message_id: message.id,
    chat: chat(message),
    date: Math.floor(message.at / 1000),
  });

  const methods: Methods = {
    sendMessage: (json) => {
      const message = post(json, { ...textOf(json), document: null });
      return { ...receipt(message), text: message.plain };
    },
    sendDocument: (json) => {
      const document = documentOf(json.document);
      const caption = String(json.caption ?? '');
      if (caption.length > MAX_CAPTION_CHARS) throw bad('message caption is too long');
      const message = post(json, { text: caption, plain: caption, document });
      const { name: file_name, type: mime_type, bytes } = document;
      const file_id = `sandbox-${message.id}`;
      return {
        ...receipt(message),
        caption,
        document: { file_id, file_name, mime_type, file_size: bytes.length },
      };
    },
    editMessageReplyMarkup: (json) => {
      const message = find(json.message_id, chatOf(json));
      const buttons = buttonsOf(json.reply_markup);
      if (JSON.stringify(buttons) === JSON.stringify(message.buttons)) throw bad('message is not modified');
      messages[messages.indexOf(message)] = { ...message, buttons };
      return { message_id: message.id };
    },
    answerCallbackQuery: (json) => {
      const id = String(json.callback_query_id ?? '');
      if (presses.get(id) !== null)
        throw bad('query is too old and response timeout expired or query ID is invalid');
      const text = String(json.text ?? '');
      if (text.length > TOAST_CHARS_MAX) throw bad('MESSAGE_TOO_LONG');
      presses.set(id, text);
      return true;
    },
    getChat: (json) => ({ id: Number(chatOf(json)), type: 'supergroup' }),
  };

  const group: SandboxGroup = {
    messages: () => messages,
    press: (messageId, label, by = MANAGER) => {
      const message = find(messageId);
      const button = message.buttons.find(({ text }) => text === label);
      if (!button) throw new Error(`message ${messageId} has no button "${label}"`);
      const id = String(4000 + ++nextId);
      presses.set(id, null);
      for (const old of [...presses.keys()].slice(0, -KEEP_MAX)) presses.delete(old);
      const pressed = { message_id: message.id, chat: chat(message) };
      deps.push({
        callback_query: { id, from: by, message: pressed, chat_instance: 'x', data: button.callback_data },
      });
      return id;
    },
    write: (text, replyTo, by = MANAGER) => {
      const chatId = Number([...(deps.chatIds ?? [])].at(-1) ?? messages.at(-1)?.chatId ?? 0);
      const reply = replyTo === undefined ? {} : { reply_to_message: { message_id: Number(replyTo) } };
      deps.push({
        message: { message_id: ++nextId, from: by, chat: { id: chatId, type: 'supergroup' }, text, ...reply },
      });
    },
    toast: (pressId) => presses.get(pressId) ?? undefined,
  };
  return { group, methods };
};

const replyOf = (parameters: unknown): number | null => {
  const id = (parameters as { message_id?: unknown } | undefined)?.message_id;
  if (id !== undefined && !Number.isInteger(id)) throw bad('invalid reply parameters');
  return (id as number | undefined) ?? null;
};

const textOf = (json: Json): { readonly text: string; readonly plain: string } => {
  const text = String(json.text ?? '');
  const fault = json.parse_mode === 'HTML' ? markupFault(text) : null;
  if (fault !== null) throw bad(fault);
  const plain = json.parse_mode === 'HTML' ? plainOf(text) : text;
  if (plain.trim() === '') throw bad('message text is empty');
  if (plain.length > MAX_TEXT_CHARS) throw bad('message is too long');
  return { text, plain };
};

/** As the double read it from the multipart body. */
const documentOf = (sent: unknown): NonNullable<SandboxMessage['document']> => {
  const { name, type, bytes } = (sent ?? {}) as { name?: unknown; type?: unknown; bytes?: unknown };
  if (typeof name !== 'string' || !(bytes instanceof Uint8Array))
    throw bad('there is no document in the request');
  if (bytes.length === 0) throw bad('file must be non-empty');
  return { name, type: String(type), bytes };
};

const buttonsOf = (markup: unknown): readonly SandboxButton[] => {
  const rows = (markup as { inline_keyboard?: SandboxButton[][] } | undefined)?.inline_keyboard ?? [];
  const buttons = rows.flat();
  if (buttons.some(({ callback_data: data }) => Buffer.byteLength(data) > CALLBACK_BYTES_MAX)) {
    throw bad('BUTTON_DATA_INVALID');
  }
  return buttons;
};
