/** How a reply may name a product: by its number in any spelling, or by its name. */
import { fold } from '../../language/fold.ts';
import { skuTokens } from '../../sku/normalise.ts';
import type { EvidenceProduct } from '../context.ts';

export interface Naming {
  readonly product: EvidenceProduct;
  /** Over folded text. */
  readonly pattern: RegExp;
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** `CH-616`, `ch 616` and `CH616`, but not the beginning of `CH-616-NEW`. */
const numberPattern = (sku: string): string => {
  const tokens = skuTokens(sku).map((token) => literally(fold(token)));
  const cased = [tokens.join('[\\s._/-]{0,3}'), literally(fold(sku))];
  return cased
    .map((source) => `(?<![\\p{L}\\p{N}-])${source}(?![\\p{L}\\p{N}]|[-/_][\\p{L}\\p{N}])`)
    .join('|');
};

const namePattern = (name: string): string =>
  `(?<![\\p{L}])${literally(fold(name).trim()).replace(/\s+/g, '\\s+')}(?![\\p{L}])`;

/** Names shorter than this are words of the language ("Pod"). */
const NAME_CHARS_MIN = 6;

/** The longest names first, so that blanking one does not cut another. */
export const namingOf = (products: readonly EvidenceProduct[]): readonly Naming[] =>
  [...products]
    .sort((a, b) => b.sku.length - a.sku.length)
    .map((product) => {
      const names = [product.name, product.nameAr ?? ''].filter((name) => name.length >= NAME_CHARS_MIN);
      const sources = [...names.map(namePattern), numberPattern(product.sku)];
      return { product, pattern: new RegExp(sources.join('|'), 'iu') };
    });

/** Names and numbers blanked by `§`. */
export const withoutNames = (plain: string, naming: readonly Naming[]): string =>
  naming.reduce((text, { pattern }) => text.replace(new RegExp(pattern.source, 'giu'), '§'), plain);

/** The products in the order in which their `§` stand in the blanked text; one named twice in a row stands once. */
export const orderOfNames = (plain: string, naming: readonly Naming[]): readonly EvidenceProduct[] => {
  let text = plain;
  naming.forEach(({ pattern }, i) => {
    text = text.replace(new RegExp(pattern.source, 'giu'), String.fromCharCode(NAME_MARKS + i));
  });
  return [...text.matchAll(/\p{Co}/gu)].flatMap(
    (mark) => naming[mark[0].charCodeAt(0) - NAME_MARKS]?.product ?? [],
  );
};
/** Private characters stand for the products meanwhile; there are thousands, and 40 products at most. */
const NAME_MARKS = 0xe000;

/** The products that a text names, in the order in which they are known. */
export const namedIn = (text: string, products: readonly EvidenceProduct[]): readonly EvidenceProduct[] => {
  const plain = fold(text);
  const named = new Set(
    namingOf(products)
      .filter(({ pattern }) => pattern.test(plain))
      .map(({ product }) => product),
  );
  return products.filter((product) => named.has(product));
};
