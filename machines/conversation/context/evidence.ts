/** What the tools and the briefing of this turn found: the only source of figures in a reply. */
import type { CustomerOrder } from '../actors.ts';

/** A product as a tool showed it in this turn: the only source of a price or a stock figure (domain 9.6, 12.7). */
export interface EvidenceProduct {
  readonly sku: string;
  readonly name: string;
  readonly nameAr: string | null;
  /** Decimal string; null when Inventory has no price (domain 9.7). */
  readonly price: string | null;
  /** The catalog's rate before the segment's discount; absent: the same as `price`. */
  readonly listPrice?: string;
  readonly currency: string;
  readonly stock: number | null;
  readonly description: string | null;
  readonly category: string | null;
}

export interface EvidenceArticle {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export interface Evidence {
  /** Found by tools in this turn. */
  readonly products: readonly EvidenceProduct[];
  readonly articles: readonly EvidenceArticle[];
  /** Found while the burst was being understood, before the model was asked. */
  readonly briefedProducts: readonly EvidenceProduct[];
  readonly briefedArticles: readonly EvidenceArticle[];
  /** Orders of this customer that were read in this turn (domain 10). */
  readonly orders?: readonly CustomerOrder[];
  /** A hand-over or alert was raised in this turn, so that "a colleague will …" is true (lesson F-24). */
  readonly escalated: boolean;
  /** What a referral tool said of a code in this turn (domain 19). */
  readonly referral?: string;
  /** A contact was agreed in this turn: `2026-03-05 15:00` on the shop's clock, so that naming it is true (lesson F-24). */
  readonly agreedFor?: string;
}

export const NO_EVIDENCE: Evidence = {
  products: [],
  articles: [],
  briefedProducts: [],
  briefedArticles: [],
  escalated: false,
};
