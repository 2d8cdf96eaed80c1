/**
 * The customer's phone and the manager's phone, as the sandbox plays them. The Wazzup double implements it; the admin's
 * simulator page and the tests use it.
 */
import type { MessageKind } from './items.ts';

export interface SimMessage {
  /** The provider's message id. */
  readonly id: string;
  readonly from: 'customer' | 'business';
  /** Who wrote for the business: the product through the API, or a manager by hand. */
  readonly author?: 'api' | 'manager';
  /** The sender's own id, of messages through the API that had one: two of one id are one message sent twice. */
  readonly crmMessageId?: string;
  readonly kind: MessageKind;
  readonly text: string;
  readonly contentUri?: string;
  /** Ms since the epoch. */
  readonly at: number;
  /**
   * Of the business's messages: what the phone saw of them. Of the customer's: `sent` until the product took the
   * webhook, then `delivered`, or `error` when it never did.
   */
  readonly status: 'sent' | 'delivered' | 'read' | 'error';
  /** Why it is `error`. */
  readonly error?: string;
  /** Labels to tap. */
  readonly buttons?: readonly string[];
  /** The message that it answers. */
  readonly quotes?: string;
  readonly edited?: true;
  readonly deleted?: true;
}

export interface SimChat {
  readonly chatId: string;
  readonly name: string | null;
  readonly last: SimMessage | null;
  /** Messages of the business the customer has not read. */
  readonly unread: number;
}

/** Which sample is sent for a file kind: the usual one, or a floor plan (a picture). */
export type SampleName = 'usual' | 'plan';

export interface CustomerWrites {
  /** Digits with country code. */
  readonly chatId: string;
  /** The WhatsApp profile name; remembered for the chat. */
  readonly name?: string;
  readonly text?: string;
  /** Default: `text`, or `image` when there is a `contentUri`. A file kind without a `contentUri` sends a sample. */
  readonly kind?: MessageKind;
  readonly contentUri?: string;
  readonly sample?: SampleName;
  /** What was recorded or picked: put into the store, whose link becomes the `contentUri`. */
  readonly file?: { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array };
  readonly quotedMessageId?: string;
  /** Delivers the same webhook this many times (1 to 10): the vendor repeats itself (wire/01 §5.2). */
  readonly times?: number;
}

export interface ManagerWrites {
  readonly chatId: string;
  readonly text: string;
  /** From the business's phone, or in Wazzup's own chat. */
  readonly from: 'phone' | 'app';
  readonly name?: string;
}

export interface PhoneSimulator {
  /** Resolves once the product took the webhook; rejects with the reason when it did not in time. */
  readonly customerWrites: (message: CustomerWrites) => Promise<{ readonly messageId: string }>;
  readonly managerWrites: (message: ManagerWrites) => Promise<{ readonly messageId: string }>;
  /** Oldest first; empty for an unknown chat. */
  readonly chat: (chatId: string) => readonly SimMessage[];
  /** Newest activity first. */
  readonly chats: () => readonly SimChat[];
  /** The customer opens the chat: every message of the business becomes `read`. */
  readonly markRead: (chatId: string) => Promise<void>;
  /** Called with the chat's id after each change; returns the unsubscriber. */
  readonly onChange: (listener: (chatId: string) => void) => () => void;
}
