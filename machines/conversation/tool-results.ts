/** What the read tools are given and what they find. */
import type { Recommended } from '../recommendations/recommended.ts';
import type {
  EvidenceArticle,
  EvidenceProduct,
  Language,
  OrderLine,
  ParsedCall,
  QuoteOutcome,
} from './context.ts';

/** An order of this customer as it may be told (domain 10.2, 10.3). */
export interface CustomerOrder {
  readonly number: string;
  readonly label: { readonly en: string; readonly ar: string };
  readonly stage: string;
  readonly shipmentDate: string | null;
  readonly deliveryMethod: string | null;
  readonly trackingNumber: string | null;
  readonly payment: string | null;
  /** With tax; decimal text. */
  readonly total: string;
  readonly currency: string | null;
}

/** What a tool found. Write tools only gather facts here; the statechart applies them (design 6). */
export type ToolResult = FoundByTool & { readonly recommended?: Recommended };

type FoundByTool =
  | { readonly tool: 'products'; readonly products: readonly EvidenceProduct[] }
  | { readonly tool: 'stock'; readonly product: EvidenceProduct }
  | { readonly tool: 'knowledge'; readonly articles: readonly EvidenceArticle[] }
  | {
      readonly tool: 'selection';
      /** At catalog rates; the machine takes the segment's discount off (domain 9.6). */
      readonly lines: readonly OrderLine[];
      readonly products: readonly EvidenceProduct[];
      /** Chosen without a quantity: asked about next. */
      readonly unquantified?: readonly { readonly sku: string; readonly name: string }[];
    }
  | {
      readonly tool: 'referral';
      readonly code: string;
      readonly referrerPercent: string;
      readonly newcomerPercent: string;
      /** `2026-04-15`. */
      readonly expiresOn: string;
    }
  | {
      readonly tool: 'referral_used';
      readonly code: string;
      readonly outcome: 'accepted' | 'unknown' | 'expired' | 'used' | 'own' | 'not_new';
      /** Taken off for the newcomer, per cent. */
      readonly percent: string;
    }
  | { readonly tool: 'orders'; readonly orders: readonly CustomerOrder[] }
  | {
      readonly tool: 'refused';
      readonly reason: string;
      /** The article as it was written, when it is what cannot be resolved. */
      readonly written?: string;
      readonly ambiguous?: readonly { readonly sku: string; readonly name: string }[];
      readonly unknown?: readonly string[];
      /** The SKU of the article that is meant and cannot be had now. */
      readonly unavailable?: string;
      readonly products?: readonly EvidenceProduct[];
    };

export interface UseToolsInput {
  readonly conversationId: string;
  readonly language: Language;
  readonly calls: readonly ParsedCall[];
  /** Whose orders may be read; no tool takes an identity (contract 4, lesson F-25b). */
  readonly orders?: {
    /** Digits with country code. */
    readonly phone: string;
    /** Quotations that this conversation knows, by number. */
    readonly outcomes: Readonly<Record<string, QuoteOutcome>>;
  };
  /** The approved policy, and whether this customer may use a code; absent: there is no referral (domain 19.2). */
  readonly referral?: {
    readonly referrerPercent: string;
    readonly newcomerPercent: string;
    readonly isNewcomer: boolean;
  };
}
export interface UseToolsOutput {
  readonly results: readonly { readonly id: string; readonly name: string; readonly result: ToolResult }[];
}
