/**
 * A touch is a message that we write first: a follow-up, a reminder, a request for feedback (domain 17-18). The
 * statechart plans it, and a gate decides at the moment of sending, because settings, channels and hours change.
 */
import type { TemplateUse } from '../conversation/events.ts';
import type { Language } from '../language/language.ts';

/** `quiet`: a chat without a quotation that fell silent (domain 17.7). `agreed`: the customer named the time. */
export const TOUCH_KINDS = ['follow_up', 'quiet', 'agreed', 'payment', 'feedback', 'reactivation'] as const;
export type TouchKind = (typeof TOUCH_KINDS)[number];

/** Together with the conversation these name a touch for ever: it is made once (domain 17.10). */
export interface Touch {
  readonly kind: TouchKind;
  /** What it belongs to: a quotation, an order, an agreement. */
  readonly schedule: string;
  /** 1 to 3 for follow-ups, the days of silence for a reactivation, otherwise 1. */
  readonly step: number;
}

export interface TouchRequest {
  readonly conversationId: string;
  readonly channelId: string;
  /** Digits with country code. */
  readonly chatId: string;
  readonly language: Language;
  readonly touch: Touch;
  readonly name: string | null;
  /** Of the quotation or order. */
  readonly number: string | null;
  readonly about: string | null;
  /** When WhatsApp's 24 hours are over, ms since the epoch; null: they are. */
  readonly windowClosesAt: number | null;
}

/** Why nothing is sent, in words that the API shows. */
export type BlockReason =
  | 'disabled'
  | 'opted_out'
  | 'already_sent'
  | 'no_template'
  | 'template_refused'
  | 'channel_down'
  | 'quiet_hours'
  | 'run_allowance'
  | 'day_allowance';

export type TouchDecision =
  | { readonly verdict: 'send'; readonly text: string; readonly template: TemplateUse | null }
  /** Not now: ask again at `until`, ms since the epoch. */
  | { readonly verdict: 'wait'; readonly until: number; readonly reason: BlockReason }
  /** Not this one, ever. */
  | { readonly verdict: 'blocked'; readonly reason: BlockReason; readonly detail: string | null };
