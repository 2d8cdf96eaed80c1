/** Article numbers: a reference exists only if a tool showed it (lesson F-12, F-13; domain 12.11). */
import { ADDRESS } from '../../language/addresses.ts';
import { toAsciiDigits } from '../../language/digits.ts';
import { fold } from '../../language/fold.ts';
import { words } from '../../language/words.ts';
import { findAmounts } from '../../money/money.ts';
import { normaliseSku } from '../../sku/sku.ts';
import { type Check, eachSentence } from './check.ts';
import type { Known } from './known.ts';
import { isDenied } from './mood.ts';
import type { Said } from './reply.ts';

/** What a customer would take for an article number: `CH-999`, `CH 999`, `ch-999`, `9719-5`. */
const LIKE: readonly RegExp[] = [
  /(?<![\p{L}\p{N}])\p{Lu}{1,6}[- ]?\d{2,6}(?:-[\p{L}\p{N}]{1,6})*(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}-])[a-z]{2,4}-\d{3,6}(?:-[a-z\d]{1,6})*(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}.,:/+-])(?!(?:19|20)\d{2}-)\d{4}-\d{1,2}(?![\p{L}\p{N}.,:/-])/gu,
];
const NOT_SKUS =
  /^(?:UAE|AED|VAT|UTC|GMT|ISO|EN|DIN|RAL|USB|LED|AM|PM|A|IP|HP|COVID|FROM|ONLY|JUST|FOR|AND|THE|AT|TO|IS|OF|IN|OR|BY|ALL|QTY|PCS|NO|PO|BOX|ROOM|UNIT|FLOOR|OFFICE|TEL|AREA|IBAN|AE)[- ]?\d/;
const STOCK = words('in stock|available|left', ['متوفر', 'المخزون']);

export const unknownArticleNumbers: Check = eachSentence('article_number', (said, known) => {
  const skus = new Set([...known.products, ...known.lines].map(({ sku }) => normaliseSku(sku)));
  const texts = quotable(known);
  return tokensIn(said.text)
    .filter(
      (token) => !NOT_SKUS.test(token) && !skus.has(normaliseSku(token)) && !texts.includes(spaced(token)),
    )
    .filter((token) => !isCustomers(token, said, known) && !wasShown(token, said, known))
    .map((token) => `The article number ${token} is in no tool result of this turn.`);
});

const tokensIn = (text: string): readonly string[] => {
  const plain = toAsciiDigits(text).replace(ADDRESS, ' ');
  return LIKE.flatMap((pattern) => [...plain.matchAll(pattern)].map((match) => match[0]));
};

const spaced = (text: string): string => fold(text).replace(/\s+/g, ' ');

/** Names and texts in which a number may stand as it is written there, hyphens included: "Luma 9719". */
const quotable = (known: Known): string =>
  spaced(
    [
      known.businessText,
      known.quote?.label ?? '',
      ...known.products.map(
        ({ name, nameAr, description }) => `${name} ${nameAr ?? ''} ${description ?? ''}`,
      ),
    ].join('\n'),
  );

/** What we showed before may be named again ("which one do you mean: …"): its price and stock are this turn's to read. */
const wasShown = (token: string, said: Said, known: Known): boolean =>
  known.shown.has(normaliseSku(token)) &&
  !known.customer.includes(fold(token)) &&
  findAmounts(said.figures).length === 0 &&
  !STOCK.test(said.plain);

/** The customer's own number may be named to ask about it or to say that it is unknown, never with a price or stock. */
const isCustomers = (token: string, said: Said, known: Known): boolean => {
  if (!normaliseSku(known.customer).includes(normaliseSku(token))) return false;
  if (said.question || isDenied(said.plain, Math.max(0, said.plain.indexOf(fold(token))))) return true;
  return findAmounts(said.figures).length === 0 && !STOCK.test(said.plain);
};
