/**
 * Dialogues as data: what a customer (and now and then a manager) does, and what must be true at the wire afterwards.
 * Every reply is also held to the general rules of checks.ts, so that a script names only what is special about it.
 */
import type { VoiceSample } from '../../adapters/whisper/voice-samples.ts';
import type { Breakage } from './breakages.ts';

/** What one reply of the assistant must be like. */
export interface Expected {
  /** Each must be found. */
  readonly has?: readonly (string | RegExp)[];
  /** None may be found. */
  readonly lacks?: readonly (string | RegExp)[];
  /** Amounts that are true here beyond catalog prices and their multiples by numbers that the customer said. */
  readonly amounts?: readonly string[];
  /** Default: that of the customer's newest words. */
  readonly language?: 'en' | 'ar';
}

export type Act =
  /** One text or a burst, which one webhook brings; then the reply to all of it. */
  | { readonly kind: 'says'; readonly texts: readonly string[]; readonly reply: Expected }
  /** Written while nobody may answer: recorded, and nothing is sent. */
  | { readonly kind: 'unanswered'; readonly text: string }
  | { readonly kind: 'voice'; readonly sample: VoiceSample['name']; readonly reply: Expected }
  | {
      readonly kind: 'file';
      readonly what: 'image' | 'document' | 'video';
      readonly caption: string;
      readonly reply: Expected;
    }
  /** The vendor delivers one message several times. */
  | { readonly kind: 'repeats'; readonly text: string; readonly times: number; readonly reply: Expected }
  /** Another message of the business: a second acknowledgement, a document. */
  | { readonly kind: 'gets'; readonly reply: Expected }
  | { readonly kind: 'managerWrites'; readonly from: 'phone' | 'app' | 'admin'; readonly text: string }
  | { readonly kind: 'breaks'; readonly what: Breakage }
  | { readonly kind: 'mends' }
  /** Killed with SIGKILL while the model thinks about it, and started again. */
  | { readonly kind: 'crashes'; readonly text: string; readonly reply: Expected }
  /** The customer's newest order goes on in Inventory: a person confirmed it, sent it, delivered it. */
  | { readonly kind: 'orderMoves'; readonly to: 'confirmed' | 'sent' | 'delivered' }
  | { readonly kind: 'takesOver' }
  /** With a message waiting, the assistant answers it. */
  | { readonly kind: 'givesBack'; readonly note: string | null; readonly reply: Expected | null };

/** What must be true when the dialogue has come to rest. */
export interface Ending {
  readonly owner?: 'bot' | 'waiting' | 'manager';
  /** Trigger numbers of the alerts that managers got, in order (domain 8.1); null: an alert without one. */
  readonly alerts?: readonly (number | null)[];
  readonly lines?: readonly (readonly [sku: string, quantity: number])[];
  readonly slots?: Readonly<Record<string, string | RegExp>>;
  readonly absentSlots?: readonly string[];
  readonly language?: 'en' | 'ar';
  /** Contacts of this phone in the CRM. */
  readonly contacts?: number;
  /** Sale orders of this customer in Inventory. */
  readonly saleOrders?: number;
}

export interface Dialogue {
  readonly name: string;
  readonly acts: readonly Act[];
  readonly ending: Ending;
  /** A number that the CRM knows; every other dialogue has a new one. */
  readonly phone?: string;
  /** The WhatsApp profile name. */
  readonly profile?: string;
}

export const says = (text: string | readonly string[], reply: Expected = {}): Act => ({
  kind: 'says',
  texts: typeof text === 'string' ? [text] : text,
  reply,
});
export const unanswered = (text: string): Act => ({ kind: 'unanswered', text });
export const voice = (sample: VoiceSample['name'], reply: Expected = {}): Act => ({
  kind: 'voice',
  sample,
  reply,
});
export const file = (what: 'image' | 'document' | 'video', caption: string, reply: Expected = {}): Act => ({
  kind: 'file',
  what,
  caption,
  reply,
});
export const repeats = (text: string, times: number, reply: Expected = {}): Act => ({
  kind: 'repeats',
  text,
  times,
  reply,
});
export const gets = (reply: Expected): Act => ({ kind: 'gets', reply });
export const managerWrites = (from: 'phone' | 'app' | 'admin', text: string): Act => ({
  kind: 'managerWrites',
  from,
  text,
});
export const breaks = (what: Breakage): Act => ({ kind: 'breaks', what });
export const mends: Act = { kind: 'mends' };
export const saysAndCrashes = (text: string, reply: Expected = {}): Act => ({ kind: 'crashes', text, reply });
export const orderMoves = (to: 'confirmed' | 'sent' | 'delivered'): Act => ({ kind: 'orderMoves', to });
export const takesOver: Act = { kind: 'takesOver' };
export const givesBack = (reply: Expected | null, note: string | null = null): Act => ({
  kind: 'givesBack',
  note,
  reply,
});

export const dialogue = (name: string, acts: readonly Act[], ending: Ending = {}): Dialogue => ({
  name,
  acts,
  ending,
});
