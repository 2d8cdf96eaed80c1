/** The arithmetic of a quotation: decimal throughout, each amount rounded once and half up (domain 9.6, 9.11, 9.12). */
import {
  add,
  compare,
  lessPercent,
  type Money,
  money,
  multiply,
  percent,
  subtract,
  sum,
} from '../money/money.ts';
import { MAX_QUOTE_LINES } from './document.ts';

export interface PricedLine {
  /** The catalog's rate of one, before any discount; above zero (domain 9.6, lesson F-15). */
  readonly listPrice: string;
  /** Whole, above zero. */
  readonly quantity: number;
}

export interface TotalsOptions {
  readonly currency: string;
  /** `"5"` (domain 9.11). */
  readonly vatPercent: string;
  /** `"0.00"` is free; null: not known yet, named on the paper and outside its total (domain 9.12). */
  readonly deliveryCharge: string | null;
  /** Goods of this much or more are delivered free; null: the charge holds for every order. */
  readonly freeDeliveryFrom?: string | null;
  /** The approved discount of the customer's segment; null: none (domain 9.9). */
  readonly discountPercent: string | null;
}

export type Delivery =
  | { readonly kind: 'charge'; readonly amount: string }
  | { readonly kind: 'free' }
  | { readonly kind: 'to_be_confirmed' };

/** All amounts are decimal texts with two places in `currency`. */
export interface QuoteTotals {
  readonly currency: string;
  /** In the order of the lines given. */
  readonly lines: readonly { readonly unitPrice: string; readonly lineTotal: string }[];
  /** The same goods at catalog prices. */
  readonly listTotal: string;
  /** `listTotal` less `subtotal`; `"0.00"` without a discount. */
  readonly discount: string;
  readonly discountPercent: string | null;
  /** What the customer pays for the goods: Σ unit × quantity (domain 9.11). */
  readonly subtotal: string;
  readonly delivery: Delivery;
  /** Goods and delivery: what VAT is taken of. */
  readonly net: string;
  readonly vatPercent: string;
  readonly vat: string;
  readonly grandTotal: string;
}

/** The price of one after the segment's discount: the one rule for chat, order and paper (domain 9.6). */
export const customerPrice = (listPrice: Money, discountPercent: string | null): Money =>
  discountPercent === null ? listPrice : lessPercent(listPrice, discountPercent);

/** What delivery costs for goods of `subtotal`. */
export const deliveryFor = (
  subtotal: Money,
  { deliveryCharge, freeDeliveryFrom }: Pick<TotalsOptions, 'deliveryCharge' | 'freeDeliveryFrom'>,
): Delivery => {
  const from = freeDeliveryFrom ?? null;
  if (from !== null && compare(subtotal, money(from, subtotal.currency)) >= 0) return { kind: 'free' };
  if (deliveryCharge === null) return { kind: 'to_be_confirmed' };
  const amount = money(deliveryCharge, subtotal.currency);
  return isAboveZero(amount) ? { kind: 'charge', amount: amount.amount } : { kind: 'free' };
};

/**
 * Totals of at least one and at most {@link MAX_QUOTE_LINES} lines. The discount is taken of each unit price, so that
 * the paper, the chat and the Inventory order show one price for one piece. Throws `RangeError` for a price that is not
 * above zero (before or after the discount), a fraction of a piece, or a malformed amount: a quotation with a hole in
 * it must not be made (domain 9.7).
 */
export const quoteTotals = (lines: readonly PricedLine[], options: TotalsOptions): QuoteTotals => {
  const { currency, vatPercent, discountPercent } = options;
  if (lines.length === 0 || lines.length > MAX_QUOTE_LINES) {
    throw new RangeError(`a quotation has 1 to ${MAX_QUOTE_LINES} lines, not ${lines.length}`);
  }
  const priced = lines.map(({ listPrice, quantity }) => {
    if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`not a quantity: ${quantity}`);
    const list = aboveZero(money(listPrice, currency));
    const unit = aboveZero(customerPrice(list, discountPercent));
    return { unit, total: multiply(unit, quantity), listTotal: multiply(list, quantity) };
  });
  const subtotal = sum(
    priced.map(({ total }) => total),
    currency,
  );
  const listTotal = sum(
    priced.map((line) => line.listTotal),
    currency,
  );
  const delivery = deliveryFor(subtotal, options);
  const net = delivery.kind === 'charge' ? add(subtotal, money(delivery.amount, currency)) : subtotal;
  const vat = percent(net, vatPercent);
  return {
    currency,
    lines: priced.map(({ unit, total }) => ({ unitPrice: unit.amount, lineTotal: total.amount })),
    listTotal: listTotal.amount,
    discount: subtract(listTotal, subtotal).amount,
    discountPercent,
    subtotal: subtotal.amount,
    delivery,
    net: net.amount,
    vatPercent,
    vat: vat.amount,
    grandTotal: add(net, vat).amount,
  };
};

const isAboveZero = (value: Money): boolean => compare(value, money('0', value.currency)) > 0;

const aboveZero = (price: Money): Money => {
  if (!isAboveZero(price)) throw new RangeError('a quotation needs a price above zero for each line');
  return price;
};
