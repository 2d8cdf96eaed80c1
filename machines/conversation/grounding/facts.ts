/** What a reply may state: everything that this turn knows to be true, and what it may promise. Plain data. */
import type { EvidenceArticle, EvidenceProduct, Language, OrderLine } from '../context.ts';

/** Effects that are done, verified by their results; a reply may claim only these (lesson F-06, F-24; domain 9.20). */
export type DoneEffect =
  | 'quote_created'
  | 'quote_sent'
  /** The quotation is being made: "I will send it here" is then true. */
  | 'quote_under_way'
  | 'photos_sent'
  | 'contact_agreed'
  | 'feedback_recorded'
  | 'opted_out'
  | 'order_confirmed';

/** The quotation that the customer has, or is about to get. Decimal strings, two places. */
export interface QuoteFacts {
  /** As it is said to the customer, `SO-00042 R1`. */
  readonly label: string;
  readonly subtotal: string;
  readonly vat: string;
  readonly total: string;
  /** Delivery and installation; null: not charged or not decided (domain 9.12). */
  readonly delivery: string | null;
  /** Last day of validity, `2026-12-07`; null when it says none. */
  readonly validUntil: string | null;
  /** Days of validity (domain 9.14). */
  readonly validDays: number | null;
}

export interface GroundingFacts {
  readonly language: Language;
  /** Shown by tools or the briefing of this turn: the only source of prices and stock (domain 9.6, 12.7). */
  readonly products: readonly EvidenceProduct[];
  /** Knowledge: figures, times and terms in them may be repeated (domain 14). */
  readonly articles: readonly EvidenceArticle[];
  readonly lines: readonly OrderLine[];
  readonly subtotal: string | null;
  readonly quote: QuoteFacts | null;
  /** Other true texts of the business: order status as a tool reported it, company values in the prompt. */
  readonly statements: readonly string[];
  /** What managers wrote in this chat: the business said it. */
  readonly colleagueWords: readonly string[];
  /** What the customer wrote. Their quantities and wishes may be repeated; a price they claim is no price of ours. */
  readonly customerWords: readonly string[];
  /** Our earlier replies, each grounded when it was sent: an article shown there may be named again, without figures. */
  readonly ownWords: readonly string[];
  /** VAT, per cent (domain 9.11). */
  readonly vatPercent: string;
  /** The approved discount of the customer's segment, per cent (domain 9.9); null: none. */
  readonly discountPercent: string | null;
  /** Somebody was told in this turn, so "a colleague will …" is true (lesson F-24). */
  readonly escalated: boolean;
  readonly effects: readonly DoneEffect[];
  /** Instructions to the model, which must not be repeated to a customer (lesson F-25). */
  readonly instructions: readonly string[];
}

/** Domain 9.11: 5 % of the subtotal. */
export const VAT_PERCENT = '5';

/** Nothing known: a start for tests and for callers that add what they have. */
export const NO_FACTS: GroundingFacts = {
  language: 'en',
  products: [],
  articles: [],
  lines: [],
  subtotal: null,
  quote: null,
  statements: [],
  colleagueWords: [],
  customerWords: [],
  ownWords: [],
  vatPercent: VAT_PERCENT,
  discountPercent: null,
  escalated: false,
  effects: [],
  instructions: [],
};
