/** What was said, and what waits for an answer or for its echo. */
import type { Media, MessageKind, TemplateUse } from '../events.ts';
import type { OutboundFile } from '../outbound-file.ts';
import type { SlotName } from './customer.ts';

export type Language = 'en' | 'ar';

/** A line of the recent dialogue, oldest first: what the model is shown (domain 3.11). */
export interface DialogueLine {
  readonly from: 'customer' | 'bot' | 'manager' | 'note';
  readonly text: string;
  readonly at: number;
}

/** A customer's message that no reply has covered yet. */
export interface PendingMessage {
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly text: string;
  readonly sentAt: number;
  /** A voice note that has not been turned into words yet. */
  readonly voice: Media | null;
  /** A picture or a document that nobody has looked at yet. Absent in snapshots of before. */
  readonly picture?: Picture | null;
}

export interface Picture extends Media {
  /** The customer's own words beside it. */
  readonly caption: string;
}

/** A part of a message of ours that came back (wire/01 §5.3). */
export interface HeardPart {
  /** The channel's id of it. */
  readonly id: string;
  /** Its letters among the message's letters; null: its file. */
  readonly letters: { readonly from: number; readonly to: number } | null;
}

/** One of our own messages, kept for as long as its echo can come back (wire/01 §5.3). */
export interface OutboundMessage {
  readonly localId: string;
  readonly by: 'bot' | 'manager';
  readonly text: string;
  readonly at: number;
  readonly providerIds: readonly string[];
  /**
   * Echoes that were taken for parts of it before the channel named them. Present: more of it may still come back.
   * Absent: the channel named all parts, or nothing of it was seen yet.
   */
  readonly heard?: readonly HeardPart[];
  readonly template?: TemplateUse;
  readonly file?: OutboundFile;
  /** The channel reported that it could not be delivered, and a manager was told. */
  readonly failed?: true;
}

export interface DialogueArea {
  readonly language: Language;
  readonly contactName: string | null;
  readonly dialogue: readonly DialogueLine[];
  readonly seenIds: readonly string[];
  readonly pending: readonly PendingMessage[];
  readonly outbound: readonly OutboundMessage[];
  readonly outboundCount: number;
  /** Replies in a row that could only say what is certain (domain 8.1, trigger 2). Absent in snapshots of before. */
  readonly unclear?: number;
  readonly lastCustomerAt: number | null;
  /** The channel has no 24-hour window. Absent: not known yet, and the window holds. */
  readonly windowless?: boolean;
  readonly answeredUpTo: number | null;
  /** Replies of the bot so far: the first one introduces it (domain 5.1). */
  readonly replies: number;
  /** Slots asked for in a reply that went out; never asked again (domain 3.6, lesson F-01). */
  readonly asked: readonly SlotName[];
}

export const INITIAL_DIALOGUE: DialogueArea = {
  language: 'en',
  contactName: null,
  dialogue: [],
  seenIds: [],
  pending: [],
  outbound: [],
  outboundCount: 0,
  lastCustomerAt: null,
  answeredUpTo: null,
  replies: 0,
  asked: [],
};
