/** A product: as the source tells it, as Postgres keeps it, as the rest of the house sees it. */
import { createHash } from 'node:crypto';
import type { VectorPayload } from '../../adapters/vector/vector-store.ts';
import { type CardFault, cardScore, isCardFault } from '../../machines/catalog/card-score.ts';
import { DEFAULT_CURRENCY, knownPrice } from '../../machines/money/money.ts';
import { normaliseSku } from '../../machines/sku/sku.ts';
import { storable } from './database.ts';
import type { CatalogItem } from './source.ts';

export interface Product {
  readonly itemId: string;
  readonly sku: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly description: string | null;
  readonly descriptionAr: string | null;
  readonly category: string | null;
  /** Decimal text with two places; `null` is unknown: never shown as zero, never calculated with (domain 9.7). */
  readonly price: string | null;
  readonly currency: string;
  readonly stock: number | null;
  readonly unit: string | null;
  readonly active: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly imageName: string | null;
  readonly imageId: string | null;
  /** How good its card is (domain 21.3); `null` until the item is synced. */
  readonly card: { readonly score: number; readonly reasons: readonly CardFault[] } | null;
  /** RFC 3339 UTC. */
  readonly updatedAt: string;
}

/** `score` is comparable within one answer; `match` tells whether the customer named the article or described it. */
export interface ProductHit extends Product {
  readonly score: number;
  readonly match: 'sku' | 'text';
  readonly why: HitReason;
}

/** Why a hit stands where it does; shares of its score, rounded to three places. */
export interface HitReason {
  /** Likeness of meaning, 0 to 0.5. 0 for an article that was named. */
  readonly dense: number;
  /** Common words, 0 to 0.5. 0 for an article that was named. */
  readonly words: number;
  /** Whether the article is of the kind asked for; `null` when the words name no kind, or name the article. */
  readonly kind: 'same' | 'general' | 'other' | null;
  /** Kinds read from the words, by the lexicon's names. */
  readonly kindsAsked: readonly string[];
  /** What every hit of this answer had to fulfil; decimal text in the catalog's currency, `null` is no limit. */
  readonly filters: {
    readonly maxPrice: string | null;
    readonly categories: readonly string[];
    readonly inStock: boolean;
  };
}

/** A row of `product` as the driver gives it. */
export interface ProductRow {
  readonly item_id: string;
  readonly sku: string;
  readonly sku_norm: string;
  readonly name: string;
  readonly name_ar: string | null;
  readonly description: string | null;
  readonly description_ar: string | null;
  readonly category: string | null;
  readonly price: string | null;
  readonly currency: string;
  readonly stock: number | null;
  readonly unit: string | null;
  readonly active: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly image_name: string | null;
  readonly image_id: string | null;
  readonly card_score: number | null;
  readonly card_reasons: readonly string[];
  readonly updated_at: Date;
}

export const toProduct = (row: ProductRow): Product => ({
  itemId: row.item_id,
  sku: row.sku,
  name: row.name,
  nameAr: row.name_ar,
  description: row.description,
  descriptionAr: row.description_ar,
  category: row.category,
  price: knownPrice(row.price)?.amount ?? null,
  currency: row.currency,
  stock: row.stock,
  unit: row.unit,
  active: row.active,
  attributes: row.attributes,
  imageName: row.image_name,
  imageId: row.image_id,
  card:
    row.card_score === null ? null : { score: row.card_score, reasons: row.card_reasons.filter(isCardFault) },
  updatedAt: row.updated_at.toISOString(),
});

/** Longest texts kept, in characters (G10); the rest of a longer one is cut. */
const NAME_MAX = 500;
const DESCRIPTION_MAX = 8000;
const ATTRIBUTES_MAX = 100;
const STOCK_MAX = 2_147_483_647;

/** Blanks around a text mean nothing. Empty is unknown. */
const text = (value: string | null | undefined, max: number): string | null =>
  storable(value?.trim().slice(0, max) ?? '').trim() || null;

/** What is written for an item; `null` when it has no id, no SKU or no name: it could be neither found nor ordered. */
export const toStored = (item: CatalogItem) => {
  const itemId = text(item.itemId, NAME_MAX);
  const sku = text(item.sku, NAME_MAX);
  const name = text(item.name, NAME_MAX);
  if (itemId === null || sku === null || name === null || normaliseSku(sku) === '') return null;
  const content = {
    sku,
    name,
    name_ar: text(item.nameAr, NAME_MAX),
    description: text(item.description, DESCRIPTION_MAX),
    description_ar: text(item.descriptionAr, DESCRIPTION_MAX),
    category: text(item.category, NAME_MAX),
    attributes: attributesOf(item.attributes),
  };
  const facts = {
    price: knownPrice(item.price)?.amount ?? null,
    currency: text(item.currency, NAME_MAX) ?? DEFAULT_CURRENCY,
    stock: item.stock === null || !Number.isFinite(item.stock) ? null : clampStock(item.stock),
    unit: text(item.unit, NAME_MAX),
    active: item.active,
    image_name: text(item.imageName, NAME_MAX),
    image_id: text(item.imageId, NAME_MAX),
    modified_at: instant(item.modifiedAt),
  };
  const card = cardScore({
    ...content,
    ...facts,
    nameAr: content.name_ar,
    imageName: facts.image_name,
  });
  return {
    item_id: itemId,
    sku_norm: normaliseSku(sku),
    card_score: card.score,
    card_reasons: card.reasons,
    ...content,
    ...facts,
    content_hash: sha256(searchText(content)),
    row_hash: sha256(JSON.stringify([content, facts])),
  };
};

export type StoredProduct = NonNullable<ReturnType<typeof toStored>>;

const attributesOf = (given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given)
      .slice(0, ATTRIBUTES_MAX)
      .flatMap(([key, value]) => {
        const [name, said] = [text(key, NAME_MAX), text(value, NAME_MAX)];
        return name === null || said === null ? [] : [[name, said] as const];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const clampStock = (stock: number): number => Math.min(STOCK_MAX, Math.max(0, Math.floor(stock)));

/** Zoho writes zones without a colon (`+0400`); what is no instant is unknown. */
const instant = (written: string | null): string | null => {
  const iso = written?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') ?? '';
  return /^\d{4}-\d{2}-\d{2}T/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : null;
};

type SearchedFields = Pick<
  ProductRow,
  'sku' | 'name' | 'name_ar' | 'description' | 'description_ar' | 'category' | 'attributes'
>;

/** What is embedded and searched: the name first, it weighs most. Price and stock are not in it (domain 12.6). */
export const searchText = (row: SearchedFields): string =>
  [
    [row.name, row.name_ar].filter(Boolean).join(' '),
    row.category,
    ...Object.entries(row.attributes).map(([name, value]) => `${name}: ${value}`),
    row.description,
    row.description_ar,
    row.sku,
  ]
    .filter(Boolean)
    .join('\n');

/** What a search narrows by. */
export const payloadOf = (
  row: Pick<ProductRow, 'price' | 'category' | 'stock' | 'active'>,
): VectorPayload => ({
  active: row.active,
  inStock: (row.stock ?? 0) > 0,
  ...(row.price === null ? {} : { price: Number(row.price) }),
  ...(row.category === null ? {} : { category: row.category }),
});

export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');
