/**
 * What `renderQuote` is given and answers. The input is small on purpose, it lives in the journal: names, descriptions,
 * photos, seller and terms are read by the program from the catalog and the settings.
 */
import type { OutboundFile } from '../conversation/outbound-file.ts';
import type { Language } from '../language/language.ts';
import type { QuoteCustomer } from './document.ts';

export interface RenderQuoteLine {
  readonly sku: string;
  /** As the Inventory order has it; used where the catalog's copy has lost the article. */
  readonly name: string;
  readonly quantity: number;
  /** The catalog's rate of one, before the discount. */
  readonly listPrice: string;
  readonly zone?: string | null;
}

export interface RenderQuoteInput {
  readonly conversationId: string;
  /** The Inventory order's number (domain 9.16). */
  readonly number: string;
  readonly revision: number;
  /** When the quotation was made, ms since the epoch: its date and validity follow from it. */
  readonly at: number;
  readonly language: Language;
  readonly customer: QuoteCustomer;
  readonly lines: readonly RenderQuoteLine[];
  readonly currency: string;
  readonly vatPercent: string;
  readonly deliveryCharge: string | null;
  readonly freeDeliveryFrom?: string | null;
  /** Of the customer's segment; null: none (domain 9.9). */
  readonly discountPercent: string | null;
}

export interface RenderQuoteOutput {
  /** For `SendInput.file`: `Quotation-SO-00042-R1.pdf`. */
  readonly file: OutboundFile;
  readonly bytes: number;
  readonly sha256: string;
  /** As printed: what was said and what stands on paper can be compared. */
  readonly grandTotal: string;
  /** `2026-12-07`. */
  readonly validUntil: string;
}
