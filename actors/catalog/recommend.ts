/**
 * Finds what can be offered in place of an article, and what goes with a choice (domain 13): near in meaning by the
 * vectors of our copy, with prices and stock of Inventory, ranked by the pure rules of machines/recommendations.
 */
import { Effect } from 'effect';
import type { EvidenceProduct } from '../../machines/conversation/context.ts';
import { type Comparable, type Need, rankAlternatives } from '../../machines/recommendations/alternatives.ts';
import {
  bestComplement,
  type ChosenLine,
  complementWishes,
} from '../../machines/recommendations/complements.ts';
import type { ProposedAlternative, ProposedComplement } from '../../machines/recommendations/recommended.ts';
import { categoryWords, saysAll } from '../../machines/recommendations/words.ts';
import { evidenceOf, LiveProducts } from '../conversation/live-products.ts';
import { Catalog, type Product, type ProductHit } from './catalog.ts';
import { RecommendationRules } from './recommendation-rules.ts';

/** Candidates that are priced and counted for one article: a call of Inventory each, unless it was read just now. */
const CANDIDATES = 6;
/** Rules tried for one choice. */
const WISHES = 6;
/** More than anything costs. */
const NO_LIMIT = '99999999.99';

/** Two or three alternatives to an article, with what differs; none where the shop does not want any. */
export const alternativesTo = Effect.fn('alternativesTo')(function* (
  wanted: Product,
  live: EvidenceProduct | null,
  need: Need,
) {
  if (!(yield* (yield* RecommendationRules).now).alternatives) return [];
  const near = yield* (yield* Catalog).similar(wanted.sku, CANDIDATES);
  const candidates = yield* priced(near);
  // An article that Inventory does not sell any more has no stock, whatever our copy remembers.
  const now = comparable(wanted, live ?? { ...evidenceOf(wanted), stock: 0 });
  return rankAlternatives(now, candidates, need).map(
    ({ item, difference, coversAll }): ProposedAlternative => ({
      for: wanted.sku,
      product: item.product,
      difference,
      coversAll,
    }),
  );
});

/** What is nearest to the customer's words where nothing keeps to their limit, told as dearer (domain 5.21). */
export const aboveLimit = Effect.fn('aboveLimit')(function* (query: string, limit: string) {
  if (!(yield* (yield* RecommendationRules).now).alternatives) return [];
  // A limit is given, or the search would read the customer's own out of the words.
  const hits = yield* (yield* Catalog).search({
    query,
    maxPrice: NO_LIMIT,
    inStock: true,
    limit: CANDIDATES,
  });
  const candidates = yield* priced(hits);
  const [first] = candidates;
  if (first === undefined) return [];
  const wanted = { ...first, sku: '', price: limit, stock: null, size: null };
  return rankAlternatives(wanted, candidates, { quantity: null, maxPrice: null }).map(
    ({ item, difference, coversAll }): ProposedAlternative => ({
      for: query,
      product: item.product,
      difference,
      coversAll,
      overLimit: true,
    }),
  );
});

/** The one main complement of a choice that the shop can deliver in that quantity; null: none. */
export const complementOf = Effect.fn('complementOf')(function* (lines: readonly ChosenLine[]) {
  const rules = yield* (yield* RecommendationRules).now;
  const catalog = yield* Catalog;
  for (const wish of complementWishes(lines, rules.complements).slice(0, WISHES)) {
    const hits = yield* catalog.search({
      query: wish.offer,
      category: wish.offer,
      inStock: true,
      limit: CANDIDATES,
    });
    // A search always finds something; only what answers to the rule's words goes with the choice.
    const meant = hits.filter((hit) =>
      saysAll(categoryWords(`${hit.category ?? ''} ${hit.name}`), wish.offer),
    );
    const chosen = bestComplement(yield* priced(meant), wish.quantity);
    if (chosen === null) continue;
    return { for: wish.for, product: chosen.product, quantity: wish.quantity } satisfies ProposedComplement;
  }
  return null;
});

const priced = Effect.fnUntraced(function* (hits: readonly ProductHit[]) {
  const products = yield* (yield* LiveProducts).refresh(hits);
  const bySku = new Map(hits.map((hit) => [hit.sku, hit]));
  return products.flatMap((product) => {
    const hit = bySku.get(product.sku);
    return hit ? [{ ...comparable(hit, product), relevance: hit.score, product }] : [];
  });
});

const SIZE_ATTRIBUTES = ['dimensions', 'size'];

const comparable = (product: Product, live: EvidenceProduct): Comparable => ({
  sku: live.sku,
  price: live.price,
  currency: live.currency,
  stock: live.stock,
  category: product.category,
  size: SIZE_ATTRIBUTES.map((name) => product.attributes[name]).find((value) => value !== undefined) ?? null,
});
