/** What things cost this customer: the segment's discount and the order's totals, from one arithmetic (domain 9.6, 9.11). */
import { knownPrice, money, multiply, sum } from '../../money/money.ts';
import { customerPrice, type QuoteTotals, quoteTotals } from '../../quotation/totals.ts';
import {
  type ConversationContext,
  DEFAULT_TERMS,
  type EvidenceProduct,
  type Order,
  type OrderLine,
  type SaleTerms,
} from '../context.ts';

export const termsOf = (context: ConversationContext): SaleTerms => context.briefing.terms ?? DEFAULT_TERMS;

/** The approved percentage of the segment or of a friend's code, the larger one (domain 9.9, 19.1); `null` without one. */
export const discountOf = (context: ConversationContext): string | null => {
  const segment = segmentDiscount(context);
  const referral = context.customer.referral?.percent ?? null;
  if (segment === null || referral === null) return segment ?? referral;
  return Number(referral) > Number(segment) ? referral : segment;
};

/** A CRM may name several segments (domain 11.4). */
const segmentDiscount = (context: ConversationContext): string | null => {
  const { discounts } = termsOf(context);
  const table = new Map(Object.entries(discounts).map(([segment, percent]) => [plain(segment), percent]));
  const percent = (context.customer.segment ?? '')
    .split(/[;,]/)
    .map((segment) => table.get(plain(segment)))
    .find((found) => found !== undefined);
  return percent === undefined || Number(percent) === 0 ? null : percent;
};

const plain = (segment: string): string => segment.trim().toLowerCase();

/** A product at this customer's price. Pricing twice changes nothing: the catalog's rate is kept beside it. */
export const forCustomer = (context: ConversationContext, product: EvidenceProduct): EvidenceProduct => {
  const percent = discountOf(context);
  const list = knownPrice(product.listPrice ?? product.price, product.currency);
  if (list === null) return product;
  if (percent === null) {
    const { listPrice: _, ...rest } = product;
    return { ...rest, price: list.amount };
  }
  return { ...product, price: customerPrice(list, percent).amount, listPrice: list.amount };
};

export const listPriceOf = (line: Pick<OrderLine, 'unitPrice' | 'listPrice'>): string =>
  line.listPrice ?? line.unitPrice;

/** Lines at this customer's prices, from their catalog rates. */
export const linesForCustomer = (
  context: ConversationContext,
  lines: readonly OrderLine[],
): readonly OrderLine[] => {
  const percent = discountOf(context);
  return lines.map((line) => {
    const list = money(listPriceOf(line), line.currency);
    const unit = customerPrice(list, percent);
    const { listPrice: _, ...rest } = line;
    return {
      ...rest,
      unitPrice: unit.amount,
      lineTotal: multiply(unit, line.quantity).amount,
      ...(percent === null ? {} : { listPrice: list.amount }),
    };
  });
};

/** The selection of these lines; totals are derived, never stored by hand (lesson F-09). */
export const orderOf = (lines: readonly OrderLine[]): Order => ({
  lines,
  subtotal:
    lines.length === 0
      ? null
      : sum(
          lines.map((line) => money(line.lineTotal, line.currency)),
          lines[0]?.currency,
        ).amount,
  currency: lines[0]?.currency ?? null,
});

/** What a quotation of the selection would come to; `null` without a selection. */
export const totalsOf = (context: ConversationContext): QuoteTotals | null => {
  const { lines, currency } = context.order;
  if (lines.length === 0 || currency === null) return null;
  const { vatPercent, deliveryCharge, freeDeliveryFrom } = termsOf(context);
  return quoteTotals(
    lines.map((line) => ({ listPrice: listPriceOf(line), quantity: line.quantity })),
    { currency, vatPercent, deliveryCharge, freeDeliveryFrom, discountPercent: discountOf(context) },
  );
};
