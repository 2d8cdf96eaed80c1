/** Where the catalog comes from: Zoho Inventory today, a shop feed tomorrow (domain 0.3, 12.1). */
import { Context, type Effect } from 'effect';

/** An item as the source tells it, inactive ones included. */
export interface CatalogItem {
  /** The source's own id: what makes a row the same row. */
  readonly itemId: string;
  /** As the source writes it. Items without one cannot be ordered and are counted as rejected. */
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  /** Decimal text; `null` when unknown (lesson F-15). */
  readonly price: string | null;
  readonly currency: string;
  /** Pieces that can be promised; `null` when the source does not say. */
  readonly stock: number | null;
  readonly unit: string;
  readonly active: boolean;
  readonly nameAr?: string | null;
  readonly descriptionAr?: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly imageName: string | null;
  /** Changes with the photo; absent or `null` when the source does not say. */
  readonly imageId?: string | null;
  /** RFC 3339, with or without a colon in the zone; empty when unknown. */
  readonly modifiedAt: string | null;
}

export interface CatalogPage {
  readonly items: readonly CatalogItem[];
  readonly hasMore: boolean;
  /** Rows that could not be read. A full pass with any of them deactivates nothing: they may be what is missing. */
  readonly rejected?: number;
}

/** What an adapter's tagged errors have in common. */
export interface SourceFailure {
  readonly _tag: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
}

export interface CatalogSourceShape {
  readonly name: string;
  /** Page `n` from 1, in an order that does not change; `modifiedSince` in ms since the epoch narrows to changed items. */
  readonly page: (n: number, modifiedSince?: number) => Effect.Effect<CatalogPage, SourceFailure>;
}

export class CatalogSource extends Context.Service<CatalogSource, CatalogSourceShape>()(
  'treejar/actors/CatalogSource',
) {}
