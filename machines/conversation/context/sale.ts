/** How far the sale has come: the open question, the customer's consent, the quotation and those before it. */
import type { OutboundFile } from '../outbound-file.ts';
import type { Language } from './dialogue.ts';
import type { OrderLine } from './order.ts';

/** Written by the entries of the order region alone, so that prompts and tools can see where the order stands. */
export type SaleStage =
  | 'exploring'
  | 'selecting'
  | 'detailing'
  | 'quoting'
  | 'quoted'
  | 'negotiating'
  | 'accepted'
  | 'paid'
  | 'delivered'
  | 'lost';

/** Written by the entries of the consent region alone (domain 3.2, 9.23). */
export type ConsentStatus = 'not_asked' | 'deferred' | 'declined' | 'granted';

/** A question about the order that waits for its answer through interruptions (domain 3.8, lesson F-02). */
export type OpenQuestion =
  | {
      readonly kind: 'variant';
      /** As the customer wrote it. */
      readonly written: string;
      readonly options: readonly { readonly sku: string; readonly name: string }[];
      /** Number of the turn that asked. */
      readonly turn: number;
    }
  | {
      readonly kind: 'quantity';
      readonly sku: string;
      readonly name: string;
      readonly turn: number;
      /** Chosen in the same breath and without a quantity too: asked about one after the other. */
      readonly rest?: readonly { readonly sku: string; readonly name: string }[];
    };

export type QuoteOutcome = 'open' | 'accepted' | 'rejected' | 'no_response' | 'expired' | 'superseded';

/** A quotation that Inventory knows; `sentAt` null: the customer has not got it. */
export interface Quote {
  /** The Inventory order's number, the same for all revisions (domain 9.16). */
  readonly number: string;
  readonly orderId: string;
  readonly revision: number;
  /** When it was made, ms since the epoch. */
  readonly at: number;
  readonly language: Language;
  readonly lines: readonly OrderLine[];
  readonly currency: string;
  readonly subtotal: string;
  readonly vat: string;
  readonly grandTotal: string;
  /** Decimal text; null: to be confirmed (domain 9.12). */
  readonly delivery: string | null;
  readonly file: OutboundFile | null;
  /** `2026-12-07`. */
  readonly validUntil: string | null;
  /** Our id of the message that carries the file. */
  readonly messageId: string | null;
  readonly sentAt: number | null;
  /** Replies of the bot when it asked whether the offer suits: "yes" counts until the next one (domain 9.22). */
  readonly askedAfter: number | null;
  readonly outcome: QuoteOutcome;
}

/** An earlier quotation: readable history, never resumed (lesson F-04). */
export type PastQuote = Pick<
  Quote,
  'number' | 'revision' | 'at' | 'currency' | 'grandTotal' | 'sentAt' | 'outcome'
>;

/** A concrete order that managers were asked about (domain 8.2, 8.6). */
export interface PlacedOrder {
  readonly at: number;
  /** Null: they have not decided. */
  readonly decision: 'confirm' | 'reject' | null;
}

export interface Sale {
  readonly stage: SaleStage;
  /** Counts the orders of this conversation; part of the Inventory order's number. */
  readonly serial: number;
  /** When this order began, ms since the epoch; details said before it belong to an earlier one. */
  readonly since: number;
  readonly question: OpenQuestion | null;
  /** When the customer asked for the quotation that is to be made now; null: nobody waits for one. */
  readonly requestedAt: number | null;
  /** When we last asked for its missing details; null or absent: not yet for this order. */
  readonly detailsAskedAt?: number | null;
  /** The customer was told that it is being made. */
  readonly announced: boolean;
  readonly quote: Quote | null;
  readonly history: readonly PastQuote[];
  /** The selection was placed as an order; null or absent: it was not. */
  readonly ordered?: PlacedOrder | null;
}

export interface Consent {
  readonly status: ConsentStatus;
  readonly at: number;
}

export interface SaleArea {
  readonly sale: Sale;
  readonly consent: Consent;
}

export const INITIAL_SALE: SaleArea = {
  sale: {
    stage: 'exploring',
    serial: 1,
    since: 0,
    question: null,
    requestedAt: null,
    announced: false,
    quote: null,
    history: [],
  },
  consent: { status: 'not_asked', at: 0 },
};
