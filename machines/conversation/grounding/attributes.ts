/** Properties ascribed to a product: what its card does not state is unknown, not a selling point (domain 12.9, lesson F-19). */
import { ATTRIBUTES } from './attribute-words.ts';
import { type Check, eachSentence } from './check.ts';
import { cardsOf, type Known } from './known.ts';
import { isDeferred, isDenied } from './mood.ts';
import type { Said } from './reply.ts';

export const unknownAttributes: Check = eachSentence('attribute', (said, known) => [
  ...properties(said, known),
  ...measures(said, known),
]);

/** Only where one product is meant; "would you prefer leather?" ascribes nothing. */
const properties = (said: Said, known: Known): readonly string[] => {
  const [product] = said.products;
  if (!product || said.products.length > 1 || said.question || isDeferred(said.plain)) return [];
  const card = cardsOf([product], known);
  return ATTRIBUTES.filter(([, pattern]) => {
    const at = said.unnamed.search(pattern);
    return at >= 0 && !isDenied(said.unnamed, at) && !pattern.test(card);
  }).map(
    ([name]) =>
      `The catalog does not state ${name} for ${product.sku}; say that it does not, or leave it out.`,
  );
};

const NUMBER = '\\d{1,4}(?:[.,]\\d{1,2})?';
const UNIT = '(?:cm|mm|m|kgs?|inch(?:es)?|سم|مم|متر|كجم|كغ|كيلو)';
const SIZE = new RegExp(
  `(?<![\\p{L}\\p{N}.,])${NUMBER}(?:\\s?(?:x|×|\\*|-|to|by|في)\\s?${NUMBER}){0,3}\\s?${UNIT}(?!\\p{L})`,
  'giu',
);

/** Sizes and loads: every number must stand in the product's card, or in an article or the customer's own words. */
const measures = (said: Said, known: Known): readonly string[] => {
  const products = said.products.length > 0 ? said.products : known.products;
  const told = new Set(numbersIn([cardsOf(products, known), known.business, known.customer].join('\n')));
  return [...said.plain.matchAll(SIZE)]
    .filter(([size]) => !numbersIn(size).every((number) => told.has(number)))
    .map(
      ([size]) =>
        `The measure ${size} is in no tool result of this turn; leave it out or say that it is not stated.`,
    );
};

const numbersIn = (plain: string): readonly number[] =>
  [...plain.matchAll(/\d{1,4}(?:[.,]\d{1,2})?/g)].map((match) => Number(match[0].replace(',', '.')));
