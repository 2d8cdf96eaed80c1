/** A quotation as a document: everything the paper says (domain 9.13), plain JSON, no layout. */
import type { Language } from '../language/language.ts';
import type { QuoteTotals } from './totals.ts';

/** Who sells. Empty parts are left out of the paper; `trn` is the tax registration number. */
export interface Seller {
  readonly name: string;
  readonly trn: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

/** Whom the customer asks about this paper (domain 9.13). */
export interface QuoteContact {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

/** Facts of this order only, never of an earlier one (lesson F-05). */
export interface QuoteCustomer {
  readonly name: string;
  /** Null: an individual (domain 9.1). */
  readonly company: string | null;
  readonly email: string | null;
  /** As it should be printed, `+971501234567` (domain 9.5). */
  readonly phone: string | null;
  readonly address: string | null;
}

/** What the catalog's photo is found by. */
export interface QuotePhoto {
  readonly itemId: string;
  readonly imageName: string | null;
}

export interface QuoteLine {
  readonly sku: string;
  /** In the document's language where the catalog has it. */
  readonly name: string;
  /** As the catalog states it; null: it states nothing (domain 12.9). */
  readonly description: string | null;
  /** Materials, size, colour, warranty as far as the catalog states them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly quantity: number;
  /** What the customer pays for one, two decimals. */
  readonly unitPrice: string;
  readonly lineTotal: string;
  readonly photo: QuotePhoto | null;
  /** Room or department (domain 9.15); null: not grouped. */
  readonly zone: string | null;
}

export interface QuoteDocument {
  readonly language: Language;
  /** The Inventory order's number, the stable part (domain 9.16). */
  readonly number: string;
  /** 1 for R1. Each change makes the next. */
  readonly revision: number;
  /** `2026-11-22`, in the shop's time zone. */
  readonly date: string;
  /** The last day of validity (domain 9.14). */
  readonly validUntil: string;
  readonly seller: Seller;
  readonly customer: QuoteCustomer;
  readonly lines: readonly QuoteLine[];
  readonly totals: QuoteTotals;
  readonly contact: QuoteContact | null;
  /** One condition each, in the document's language. */
  readonly terms: readonly string[];
}

/** Lines of one quotation at most (G10): what the tools take in one selection, with room for an office by zones. */
export const MAX_QUOTE_LINES = 100;
