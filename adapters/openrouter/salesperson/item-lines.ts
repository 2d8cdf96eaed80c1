/** Lines about items. Every figure is copied from a tool's result as it stands there (domain 9.6). */
import type { Language } from './move.ts';
import type { Line, Product, Selection } from './results.ts';
import { hasArabic } from './text.ts';

/** Below this, stock is said to be limited (domain 12.8). */
const LIMITED_STOCK = 5;

/** An English reply carries no Arabic script (domain 16.3). */
export const nameOf = (
  item: { readonly name: string; readonly sku: string; readonly nameAr?: string | null | undefined },
  language: Language,
): string => {
  if (language === 'ar') return item.nameAr || item.name;
  return hasArabic(item.name) ? item.sku : item.name;
};

const moneyOf = (amount: string, currency: string | null | undefined, language: Language): string => {
  const unit = currency ?? 'AED';
  return language === 'ar' && unit === 'AED' ? `${amount} درهم` : `${amount} ${unit}`;
};

const priceOf = (product: Product, language: Language): string => {
  // A missing price is never shown as zero (domain 9.7).
  if (!product.price) return language === 'ar' ? 'السعر غير محدد حاليًا' : 'price not listed at the moment';
  return moneyOf(product.price, product.currency, language);
};

/** Stock, judged against the quantity the customer spoke of (domain 12.8). */
const stockOf = (product: Product, wanted: number | null, language: Language): string => {
  const { stock } = product;
  if (stock === null || stock === undefined) return '';
  const ar = language === 'ar';
  if (stock <= 0) return ar ? '، غير متوفر حاليًا' : ', out of stock at the moment';
  if (wanted !== null && stock < wanted) {
    return ar
      ? `، المتوفر ${stock} فقط من أصل ${wanted} مطلوبة`
      : `, only ${stock} of the ${wanted} you need are in stock`;
  }
  if (wanted !== null)
    return ar
      ? `، متوفر ${stock}، وهذا يكفي لطلبك`
      : `, ${stock} in stock, enough for the ${wanted} you need`;
  if (stock < LIMITED_STOCK) return ar ? `، الكمية محدودة: ${stock}` : `, limited stock: ${stock} left`;
  return ar ? `، متوفر ${stock}` : `, ${stock} in stock`;
};

export const productLine = (product: Product, wanted: number | null, language: Language): string =>
  `- ${nameOf(product, language)} (${product.sku}): ${priceOf(product, language)}${stockOf(product, wanted, language)}`;

export const variantLine = (
  item: { readonly sku: string; readonly name: string },
  language: Language,
): string => `- ${nameOf(item, language)} (${item.sku})`;

export const orderLine = (line: Line, currency: string | null | undefined, language: Language): string => {
  const total = line.lineTotal ? ` = ${moneyOf(line.lineTotal, currency, language)}` : '';
  const unit = line.unitPrice ? ` × ${moneyOf(line.unitPrice, currency, language)}` : '';
  return `- ${nameOf(line, language)} (${line.sku}): ${line.quantity}${unit}${total}`;
};

/** The total of goods, before VAT (domain 9.11); nothing when the tool gave none. */
export const totalLine = (selection: Selection, language: Language): string => {
  if (!selection.subtotal) return '';
  const money = moneyOf(selection.subtotal, selection.currency, language);
  return language === 'ar' ? `المجموع قبل الضريبة: ${money}` : `Total before VAT: ${money}`;
};

/** Whether a shortage makes a split or an alternative worth offering (domain 5.19, 12.8). */
export const isShort = (product: Product, wanted: number | null): boolean =>
  typeof product.stock === 'number' && product.stock < (wanted ?? 1);

export const shortageOffer = (language: Language): string =>
  language === 'ar'
    ? 'يمكننا تقسيم الطلب أو أن أعرض عليك بديلًا مشابهًا.'
    : 'We can split the order, or I can show you a similar alternative.';

/** What sets compared articles apart, from their own figures: the lowest price, the larger stock. */
export const differences = (products: readonly Product[], language: Language): readonly string[] => {
  const ar = language === 'ar';
  const most = (worth: (product: Product) => number): Product | null => {
    const ranked = [...products].sort((a, b) => worth(b) - worth(a));
    const [first, second] = ranked;
    return first && second && worth(first) > worth(second) ? first : null;
  };
  const priced = products.every(({ price }) => typeof price === 'string');
  const counted = products.every(({ stock }) => typeof stock === 'number');
  const cheapest = priced ? most(({ price }) => -Number(price)) : null;
  const stocked = counted ? most(({ stock }) => Number(stock)) : null;
  return [
    ...(cheapest ? [ar ? `الأقل سعرًا: ${cheapest.sku}.` : `The lower price: ${cheapest.sku}.`] : []),
    ...(priced && !cheapest && products.length === 2 ? [ar ? 'السعر واحد.' : 'The price is the same.'] : []),
    ...(stocked ? [ar ? `الأكثر توفرًا: ${stocked.sku}.` : `More in stock: ${stocked.sku}.`] : []),
  ];
};
