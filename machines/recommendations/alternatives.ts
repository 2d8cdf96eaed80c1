/** What to offer in place of an article that is missing, out of stock, too dear or too few (domain 12.15, 13.1). */
import { compare, money, subtract } from '../money/money.ts';

/** An article as far as it can be compared. */
export interface Comparable {
  readonly sku: string;
  /** Decimal text; null is unknown (domain 9.7). */
  readonly price: string | null;
  readonly currency: string;
  readonly stock: number | null;
  readonly category: string | null;
  /** As the catalog states it; null: not stated. */
  readonly size: string | null;
}

export interface Candidate extends Comparable {
  /** 0 to 1: how near its meaning is to the wanted article's. */
  readonly relevance: number;
}

export interface Need {
  /** Pieces; null: not said, one is enough. */
  readonly quantity: number | null;
  /** The customer's limit for one piece; null: none was named (domain 5.21). */
  readonly maxPrice: string | null;
}

/** Of the alternative against the wanted article; null where one of them does not say. */
export interface Difference {
  /** Of one piece, signed: `-45.00` is cheaper by 45. */
  readonly price: string | null;
  /** Pieces in stock, signed. */
  readonly stock: number | null;
  readonly size: { readonly wanted: string; readonly alternative: string } | null;
}

export interface Alternative<Item> {
  readonly item: Item;
  readonly difference: Difference;
  /** Its stock covers the whole quantity. */
  readonly coversAll: boolean;
}

/** Domain 13.1: two or three. */
export const ALTERNATIVES_MAX = 3;
/** Relevances nearer than this are equal, and the lower price decides. */
const RELEVANCE_STEP = 0.05;

/**
 * At most {@link ALTERNATIVES_MAX}, best first: hard limits (on sale, in stock, within the customer's limit) leave things
 * out; then full quantity, compatibility (the same kind), one not dearer than the wanted one, relevance, lowest price
 * (domain 12.15; each alternative is one article, so the fewest are always met).
 */
export const rankAlternatives = <Item extends Candidate>(
  wanted: Comparable,
  candidates: readonly Item[],
  need: Need,
): readonly Alternative<Item>[] => {
  const pieces = need.quantity ?? 1;
  const unique = [...new Map(candidates.map((item) => [item.sku, item])).values()];
  return unique
    .filter((item) => item.sku !== wanted.sku && isPossible(item, wanted, need))
    .toSorted((a, b) => {
      const order = ranks(b, wanted, pieces).map((rank, i) => rank - (ranks(a, wanted, pieces)[i] ?? 0));
      return order.find((step) => step !== 0) ?? (byPrice(a, b) || (a.sku < b.sku ? -1 : 1));
    })
    .slice(0, ALTERNATIVES_MAX)
    .map((item) => ({
      item,
      difference: differenceOf(wanted, item),
      coversAll: (item.stock ?? 0) >= pieces,
    }));
};

const isPossible = (item: Candidate, wanted: Comparable, { maxPrice }: Need): boolean => {
  if (item.price === null || item.currency !== wanted.currency || (item.stock ?? 0) <= 0) return false;
  const price = money(item.price, item.currency);
  return maxPrice === null || compare(price, money(maxPrice, item.currency)) <= 0;
};

/** Higher is better, the first difference decides. */
const ranks = (item: Candidate, wanted: Comparable, pieces: number): readonly number[] => [
  Number((item.stock ?? 0) >= pieces),
  Number(item.category !== null && item.category === wanted.category),
  Number(!isDearer(item, wanted)),
  Math.round(item.relevance / RELEVANCE_STEP),
];

const isDearer = (item: Comparable, than: Comparable): boolean =>
  item.price !== null &&
  than.price !== null &&
  compare(money(item.price, item.currency), money(than.price, than.currency)) > 0;

const byPrice = (a: Comparable, b: Comparable): number =>
  a.price === null || b.price === null ? 0 : compare(money(a.price, a.currency), money(b.price, b.currency));

/** What changes for the customer: computed here, so that nobody has to subtract in words (lesson F-22). */
export const differenceOf = (wanted: Comparable, item: Comparable): Difference => ({
  price:
    item.price === null || wanted.price === null || item.currency !== wanted.currency
      ? null
      : subtract(money(item.price, item.currency), money(wanted.price, wanted.currency)).amount,
  stock: item.stock === null || wanted.stock === null ? null : item.stock - wanted.stock,
  size:
    item.size === null || wanted.size === null || item.size === wanted.size
      ? null
      : { wanted: wanted.size, alternative: item.size },
});
