/** A quotation's document from the order's facts, the catalog's words and the shop's settings. */
import { addDays, dateIn } from './dates.ts';
import type { QuoteContact, QuoteDocument, QuoteLine, QuotePhoto, Seller } from './document.ts';
import type { RenderQuoteInput } from './render.ts';
import { type QuoteTotals, quoteTotals } from './totals.ts';
import { standardTerms } from './words.ts';

/** The shop's side of the paper: settings `quotation`, `bot`. */
export interface QuotationRules {
  readonly seller: Seller;
  readonly contact: QuoteContact | null;
  readonly validDays: number;
  /** `2–8` working days (domain 9.12). */
  readonly deliveryDays: string;
  /** The shop's own conditions; empty: the standard ones (domain 9.14). */
  readonly terms: { readonly en: readonly string[]; readonly ar: readonly string[] };
  /** IANA zone of the date. */
  readonly timeZone: string;
}

/** What the catalog knows of an article that is quoted. */
export interface QuotedProduct {
  readonly sku: string;
  readonly name: string;
  readonly nameAr: string | null;
  readonly description: string | null;
  readonly descriptionAr: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly photo: QuotePhoto | null;
}

/** The order's amounts; throws `RangeError` as {@link quoteTotals} does. */
export const totalsOf = (input: RenderQuoteInput): QuoteTotals =>
  quoteTotals(input.lines, {
    currency: input.currency,
    vatPercent: input.vatPercent,
    deliveryCharge: input.deliveryCharge,
    freeDeliveryFrom: input.freeDeliveryFrom ?? null,
    discountPercent: input.discountPercent,
  });

/** `products` by SKU; an article that the catalog has lost keeps the order's own name. */
export const composeQuote = (
  input: RenderQuoteInput,
  products: ReadonlyMap<string, QuotedProduct>,
  rules: QuotationRules,
): QuoteDocument => {
  const { language } = input;
  const totals = totalsOf(input);
  const date = dateIn(input.at, rules.timeZone);
  const own = rules.terms[language];
  const deliveryOpen = totals.delivery.kind === 'to_be_confirmed';
  return {
    language,
    number: input.number,
    revision: input.revision,
    date,
    validUntil: addDays(date, rules.validDays),
    seller: rules.seller,
    customer: input.customer,
    lines: input.lines.map((line, i): QuoteLine => {
      const product = products.get(line.sku);
      const arabic = language === 'ar';
      return {
        sku: line.sku,
        name: (arabic ? product?.nameAr : null) ?? product?.name ?? line.name,
        description: (arabic ? product?.descriptionAr : null) ?? product?.description ?? null,
        attributes: product?.attributes ?? {},
        quantity: line.quantity,
        unitPrice: totals.lines[i]?.unitPrice ?? '',
        lineTotal: totals.lines[i]?.lineTotal ?? '',
        photo: product?.photo ?? null,
        zone: line.zone ?? null,
      };
    }),
    totals,
    contact: rules.contact,
    terms:
      own.length > 0
        ? own
        : standardTerms(language, {
            validDays: rules.validDays,
            deliveryDays: rules.deliveryDays,
            deliveryOpen,
          }),
  };
};
