/** What is said to be in stock: figures, availability, and shortage (domain 12.7, 12.8). */
import { words } from '../../language/words.ts';
import type { EvidenceProduct } from '../context.ts';
import { type Check, eachSentence } from './check.ts';
import type { Known } from './known.ts';
import { isDeferred, isDenied } from './mood.ts';
import type { Said } from './reply.ts';

const NUMBER = '(?<![\\p{L}\\p{N}.,-])[وبل]?(\\d{1,6}|\\d{1,3}(?:,\\d{3})+)(?![\\p{N}.,-]*\\p{N})';
const THINGS =
  '(?:pcs|pieces?|units?|items?|chairs?|desks?|tables?|sofas?|قطعه|قطع|كرسي|كراسي|مكتب|مكاتب|حبه)';
const IN_STOCK = '(?:in stock|available|left|on hand|remaining|in our warehouse|ready for delivery)';

/** Each has the claimed number in its first group. */
const FIGURES: readonly RegExp[] = [
  new RegExp(`${NUMBER} of the \\d{1,6} (?:you|that you|needed)`, 'giu'),
  new RegExp(
    `${NUMBER}\\s{0,2}(?:§ ?|${THINGS} ?|of (?:the |them )?|x ){0,4}(?:are |is |still |currently |now |all ){0,3}${IN_STOCK}(?!\\p{L})`,
    'giu',
  ),
  new RegExp(
    `(?:in stock|stock|available|availability|left|limited)(?: is| now)?\\s{0,2}[:=]\\s{0,2}(?:only )?${NUMBER}`,
    'giu',
  ),
  new RegExp(
    `(?:المتوفر|متوفره?|المخزون|الكميه)(?: منها| منه| من §| فقط| عدد| محدوده| حاليا|\\s{0,2}[:،]){0,3} ?${NUMBER}`,
    'giu',
  ),
  new RegExp(`${NUMBER} ?(?:${THINGS} ?|من § ?){0,2}(?:متوفر|في المخزون|بالمخزون)`, 'giu'),
  new RegExp(`(?:عندنا|لدينا) (?:منه ?|منها ?)${NUMBER}`, 'giu'),
  new RegExp(
    `(?:عندنا|لدينا|we have|there are) ${NUMBER} (?:pcs|pieces|units|of them|of it|قطعه|حبه)(?!\\p{L})`,
    'giu',
  ),
  new RegExp(`enough for (?:all |your |the )?${NUMBER}`, 'giu'),
];
const AT_LEAST = /(?:more than|over|at least|above|اكثر من|فوق|على الاقل)\s{0,2}$/iu;
const ENOUGH = /enough for/i;

const AVAILABLE = words('in stock|available(?! in (?!stock))|ready stock|on hand', [
  'متوفر',
  'متوفرة',
  'في المخزون',
]);
const OUT_OF_STOCK = words('out of stock|sold out|not in stock|not available(?! in)|unavailable', [
  'غير متوفر',
  'نفد',
  'نفدت',
  'نفذت',
]);

export const unknownStock: Check = eachSentence('stock', (said, known) => [
  ...wrongFigures(said, known),
  ...wrongAvailability(said),
]);

const wrongFigures = (said: Said, known: Known): readonly string[] => {
  const products = said.products.length > 0 ? said.products : known.products;
  const of = new Set<string>();
  for (const pattern of FIGURES) {
    for (const match of said.unnamed.matchAll(pattern)) {
      const count = Number((match[1] ?? '').replaceAll(',', ''));
      const before = said.unnamed.slice(0, match.index);
      const least = AT_LEAST.test(before) || ENOUGH.test(match[0]);
      if (!products.some((product) => covers(product, count, least, known))) of.add(match[1] ?? '');
    }
  }
  return [...of].map(
    (count) =>
      `The stock figure ${count} is in no tool result of this turn; say the figure that the tool gave.`,
  );
};

/** "10 are available" is true when 10 were asked for and at least 10 are there. */
const covers = (product: EvidenceProduct, count: number, least: boolean, known: Known): boolean => {
  const { stock } = product;
  if (stock === null) return false;
  return stock === count || (stock >= count && (least || known.counts.has(count)));
};

/** Availability of the one product that the sentence names. */
const wrongAvailability = (said: Said): readonly string[] => {
  const [product] = said.products;
  if (!product || said.products.length > 1 || said.question) return [];
  const out = said.unnamed.search(OUT_OF_STOCK);
  if (out >= 0) {
    const wrong =
      product.stock !== null && product.stock > 0 && !/(?:not|n't|never) out of/.test(said.unnamed);
    return wrong ? [`${product.sku} is not out of stock: the tool gave ${product.stock}.`] : [];
  }
  const at = said.unnamed.search(AVAILABLE);
  if (at < 0 || isDenied(said.unnamed, at) || isDeferred(said.plain)) return [];
  if (product.stock === null)
    return [`The stock of ${product.sku} is unknown; do not say that it is available.`];
  return product.stock > 0 ? [] : [`${product.sku} is out of stock; say so and offer an alternative.`];
};
