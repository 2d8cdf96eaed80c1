/**
 * What a customer's words find (domain 5.21, 12.4, 12.11, 12.15). A named article comes first and alone; a stated budget
 * limits the set; among what fits, the kind asked for, relevance, then what is in stock, then the lower price.
 */
import { Effect } from 'effect';
import { type Kinds, kindMatch, kindsAsked, kindsOfArticle } from '../../adapters/vector/local/kinds.ts';
import type { VectorHit } from '../../adapters/vector/vector-store.ts';
import { asksForCheap, findBudget } from '../../machines/money/budget.ts';
import { compare, money, toMinor } from '../../machines/money/money.ts';
import { findSkus, normaliseSku, type SkuResolution } from '../../machines/sku/sku.ts';
import type { Database } from './database.ts';
import type { Directory } from './directory.ts';
import {
  type HitReason,
  type Product,
  type ProductHit,
  type ProductRow,
  searchText,
  toProduct,
} from './product.ts';
import { productsByIds, productsByNorms } from './product-table.ts';
import type { SearchIndex } from './search-index.ts';

export interface ProductSearch {
  readonly query: string;
  /** The customer's. Words of either language are understood in any case; it only settles ties of names. */
  readonly language?: 'en' | 'ar';
  /** Any word for it; one that no category answers to joins the query. */
  readonly category?: string;
  /** Decimal text in the catalog's currency. Left out: read from the query. */
  readonly maxPrice?: string;
  readonly inStock?: boolean;
  /** 1 to {@link SEARCH_MAX}. */
  readonly limit: number;
}

export const SEARCH_MAX = 50;
/** A query is a thought; the rest of a longer text is not read (G10). */
const QUERY_MAX_CHARS = 1000;
/** Hits ranked for each one answered: the hard limits are checked on fresh rows, and ties are broken by price. */
const CANDIDATES_PER_HIT = 4;
/** So many are ranked at least: the kind asked for must be among them, however many short names hold the word. */
const CANDIDATES_MIN = 60;
/** What is left of the score of an article that is of the kind more generally, or is another thing. */
const KIND_SHARE = { same: 1, general: 0.75, other: 0.4 } as const;
const IN_STOCK_BONUS = 0.04;
/** Scores nearer than this are equal, and the lower price decides. */
const SCORE_STEP = 0.02;
/** "Cheap" chooses among what is really meant, and from its lower half. */
const CHEAP_SHARE_OF_BEST = 0.6;

export interface SearchParts {
  readonly db: Database;
  readonly index: SearchIndex;
  readonly directory: Directory;
}

/** See {@link ProductSearch}; best first. Articles named by SKU are answered even when inactive or without a price. */
export const searchProducts = Effect.fnUntraced(function* (parts: SearchParts, asked: ProductSearch) {
  const query = asked.query.slice(0, QUERY_MAX_CHARS);
  const limit = Math.min(Math.max(1, Math.trunc(asked.limit)), SEARCH_MAX);
  const named = yield* namedProducts(parts, query);
  const [reference] = named;
  if (reference === undefined) return yield* described(parts, asked, query, limit, new Set());
  const hits = named.map((row) => toHit(row, 1, 'sku', NAMED));
  if (!SIMILAR.test(query)) return hits.slice(0, limit);
  const others = yield* described(
    parts,
    asked,
    searchText(reference),
    limit,
    new Set(named.map((row) => row.item_id)),
  );
  return [...hits, ...others].slice(0, limit);
});

/**
 * Articles near in meaning to this one, itself left out (domain 13.3): of its own category, and of others where that
 * has too few. Empty for a SKU without a row.
 */
export const similarProducts = Effect.fnUntraced(function* (parts: SearchParts, sku: string, limit: number) {
  const [reference] = yield* rowsBySku(parts.db, [sku]);
  if (reference === undefined) return [];
  const words = searchText(reference);
  const near = (asked: Pick<ProductSearch, 'category'>, without: ReadonlySet<string>) =>
    described(parts, { query: '', limit, ...asked }, words, limit, without);
  const own = new Set([reference.item_id]);
  const alike = reference.category === null ? [] : yield* near({ category: reference.category }, own);
  if (alike.length >= SIMILAR_ENOUGH) return alike;
  const others = yield* near({}, new Set([...own, ...alike.map(({ itemId }) => itemId)]));
  return [...alike, ...others].slice(0, limit);
});

/** A category with this many others needs no help. */
const SIMILAR_ENOUGH = 2;

const SIMILAR =
  /\b(?:similar|alternatives?|like|instead|other than|same as|compare)\b|بديل|بدائل|مشابه|مثل|زي|يشبه/iu;

/** Rows of the articles that the words name: all variants of an ambiguous stem, so that the bot can ask which. */
const namedProducts = Effect.fnUntraced(function* ({ db, directory }: SearchParts, query: string) {
  const skus = referencesIn(query, directory);
  if (skus.length === 0) return [];
  return yield* rowsBySku(db, skus);
});

const referencesIn = (query: string, directory: Directory): readonly string[] => {
  for (const index of [directory.active(), directory.all()]) {
    const found = findSkus(query, index).flatMap(({ resolution }) => skusOf(resolution));
    if (found.length > 0) return [...new Set(found)];
  }
  return [];
};

const skusOf = (resolution: SkuResolution): readonly string[] =>
  resolution.kind === 'none' ? [] : resolution.kind === 'ambiguous' ? resolution.skus : [resolution.sku];

/**
 * One row for each SKU, in the order asked; unknown ones are left out. Items that share the very same SKU are one
 * article to a customer: the active, priced, newest one stands for them.
 */
export const rowsBySku = Effect.fnUntraced(function* (db: Database, skus: readonly string[]) {
  const rows = yield* productsByNorms(db, [...new Set(skus.map(normaliseSku))]);
  const picked = skus.flatMap((sku) => {
    const exact = rows.find((row) => row.sku === sku);
    if (exact) return [exact];
    const alike = rows.filter((row) => row.sku_norm === normaliseSku(sku));
    const [first] = alike;
    return first && alike.every((row) => row.sku === first.sku) ? [first] : [];
  });
  return [...new Map(picked.map((row) => [row.item_id, row])).values()];
});

const described = Effect.fnUntraced(function* (
  parts: SearchParts,
  asked: ProductSearch,
  query: string,
  limit: number,
  without: ReadonlySet<string>,
) {
  const budget = asked.maxPrice ?? findBudget(asked.query)?.amount;
  const categories = asked.category === undefined ? [] : parts.directory.categoriesLike(asked.category);
  const words =
    asked.category !== undefined && categories.length === 0 ? `${query} ${asked.category}` : query;
  const found = yield* parts.index.search(
    words,
    {
      active: true,
      priced: true,
      ...(budget === undefined ? {} : { maxPrice: Number(budget) }),
      ...(categories.length === 0 ? {} : { categories }),
      ...(asked.inStock === true ? { inStock: true } : {}),
    },
    Math.max(limit * CANDIDATES_PER_HIT, CANDIDATES_MIN) + without.size,
  );
  const byId = new Map(found.map((hit) => [hit.id, hit]));
  const rows = yield* productsByIds(parts.db, [...byId.keys()]);
  const meant = {
    kinds: kindsAsked(words.split('\n', 1)[0] ?? ''),
    filters: { maxPrice: budget ?? null, categories, inStock: asked.inStock === true },
  };
  const hits = rows
    // The index may be seconds behind the table; hard limits are the table's.
    .filter((row) => row.active && row.price !== null && !without.has(row.item_id))
    .filter((row) => budget === undefined || (row.price !== null && toMinor(row.price) <= toMinor(budget)))
    .filter((row) => asked.inStock !== true || (row.stock ?? 0) > 0)
    .flatMap((row) => scored(row, byId.get(row.item_id), meant));
  return rank(asksForCheap(asked.query) ? lowerHalf(hits) : hits).slice(0, limit);
});

interface Meant {
  readonly kinds: Kinds;
  readonly filters: HitReason['filters'];
}

/** The article with its score, the kind asked for taken into it, and the reasons. */
const scored = (row: ProductRow, hit: VectorHit | undefined, meant: Meant): readonly ProductHit[] => {
  if (hit === undefined) return [];
  const kind = kindMatch(meant.kinds, kindsOfArticle([row.name, row.name_ar], row.category));
  const why = {
    dense: rounded(hit.dense),
    words: rounded(hit.words),
    kind,
    kindsAsked: [...meant.kinds.own],
    filters: meant.filters,
  };
  return [toHit(row, kind === null ? hit.score : hit.score * KIND_SHARE[kind], 'text', why)];
};

/** A named article needs no other reason. */
const NAMED: HitReason = {
  dense: 0,
  words: 0,
  kind: null,
  kindsAsked: [],
  filters: { maxPrice: null, categories: [], inStock: false },
};

const rounded = (score: number): number => Math.round(score * 1000) / 1000;

const toHit = (row: ProductRow, score: number, match: ProductHit['match'], why: HitReason): ProductHit => ({
  ...toProduct(row),
  score: rounded(score),
  match,
  why,
});

const step = (hit: ProductHit): number =>
  Math.round((hit.score + ((hit.stock ?? 0) > 0 ? IN_STOCK_BONUS : 0)) / SCORE_STEP);

const byPrice = (a: Product, b: Product): number => {
  if (a.price === null || b.price === null) return Number(a.price === null) - Number(b.price === null);
  return a.currency === b.currency ? compare(money(a.price, a.currency), money(b.price, b.currency)) : 0;
};

const rank = (hits: readonly ProductHit[]): readonly ProductHit[] =>
  hits.toSorted((a, b) => step(b) - step(a) || byPrice(a, b) || (a.sku < b.sku ? -1 : 1));

/** Domain 5.21: "cheap" limits the set, it does not only order it. */
const lowerHalf = (hits: readonly ProductHit[]): readonly ProductHit[] => {
  const best = Math.max(0, ...hits.map((hit) => hit.score));
  const meant = hits.filter((hit) => hit.score >= best * CHEAP_SHARE_OF_BEST).toSorted(byPrice);
  return meant.slice(0, Math.ceil(meant.length / 2));
};
