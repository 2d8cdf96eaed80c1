/** Amounts that may be said of this shop: prices, lines, totals, and the arithmetic a seller does with them. */
import {
  findAmounts,
  fromMinor,
  knownPrice,
  MAX_MINOR_UNITS,
  money,
  percent,
  toMinor,
} from '../../money/money.ts';
import type { EvidenceProduct } from '../context.ts';
import type { Known } from './known.ts';

/** `1250` and `1250.00` are one amount (lesson F-20). */
export const canonical = (amount: string): string => fromMinor(toMinor(amount));

export const priceOf = (product: EvidenceProduct): bigint | null => {
  const price = knownPrice(product.price, product.currency);
  return price === null ? null : toMinor(price.amount);
};

/** Said outright by tools, articles, colleagues or the quotation (domain 9.6); minor units. */
export const statedAmounts = (known: Known): ReadonlySet<bigint> => {
  const { quote } = known;
  const decimals = [
    ...known.lines.flatMap((line) => [line.unitPrice, line.lineTotal]),
    ...(known.subtotal === null ? [] : [known.subtotal]),
    ...(quote
      ? [quote.subtotal, quote.vat, quote.total, ...(quote.delivery === null ? [] : [quote.delivery])]
      : []),
    ...findAmounts(known.businessText).map((found) => found.amount),
  ];
  return new Set([...known.products.flatMap((product) => priceOf(product) ?? []), ...decimals.map(toMinor)]);
};

/** Products considered for sums and differences (G10): what a reply can name. */
const MAX_TERMS = 12;

/** Each base times each count. */
export const multiplesOf = (bases: Iterable<bigint>, counts: Iterable<number>): ReadonlySet<bigint> => {
  const all = new Set<bigint>();
  const factors = [...counts];
  for (const base of bases) {
    for (const count of factors) {
      const product = base * BigInt(count);
      if (product <= MAX_MINOR_UNITS) all.add(product);
    }
  }
  return all;
};

/** Sums of two to four different terms. */
export const sumsOf = (terms: readonly bigint[]): ReadonlySet<bigint> => {
  const used = terms.slice(0, MAX_TERMS);
  const sums = new Set<bigint>();
  const extend = (from: number, total: bigint, taken: number): void => {
    for (let i = from; i < used.length; i++) {
      const next = total + (used[i] ?? 0n);
      if (taken >= 1) sums.add(next);
      if (taken < 3) extend(i + 1, next, taken + 1);
    }
  };
  extend(0, 0n, 0);
  return sums;
};

/** What one price lies above another. */
export const differencesOf = (terms: readonly bigint[]): ReadonlySet<bigint> => {
  const used = terms.slice(0, MAX_TERMS);
  return new Set(used.flatMap((a) => used.map((b) => a - b)).filter((difference) => difference > 0n));
};

/** VAT of the base, and the base with VAT (domain 9.11). */
export const withVat = (bases: Iterable<bigint>, vatPercent: string): ReadonlySet<bigint> =>
  new Set(
    [...bases].flatMap((base) => {
      const vat = toMinor(percent(money(fromMinor(base)), vatPercent).amount);
      return [vat, base + vat];
    }),
  );
