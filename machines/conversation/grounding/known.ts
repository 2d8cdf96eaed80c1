/** The facts, prepared once for all checks. */
import { fold } from '../../language/fold.ts';
import { sentencesOf } from '../../language/sentences.ts';
import { withFigures } from '../../quantity/figures.ts';
import { normaliseSku } from '../../sku/sku.ts';
import type { EvidenceProduct } from '../context.ts';
import type { GroundingFacts } from './facts.ts';
import { isDeferred, isDenied, isQuestion } from './mood.ts';
import { bare } from './reply.ts';

export interface Known extends GroundingFacts {
  /** What the business says, as written: articles, statements, colleagues. */
  readonly businessText: string;
  /** The same, folded and with figures in digits. */
  readonly business: string;
  /** The same, letters and digits only. */
  readonly businessBare: string;
  /** Its sentences, folded and with figures in digits. */
  readonly businessSentences: readonly string[];
  /** All that the catalog says of each product, by SKU. */
  readonly cards: ReadonlyMap<string, string>;
  /** The customer's words, folded and with figures in digits. */
  readonly customer: string;
  /** Articles that our earlier replies named, as normalised numbers. */
  readonly shown: ReadonlySet<string>;
  /** Whole numbers that the customer or the selection names. */
  readonly counts: ReadonlySet<number>;
}

/** Nobody counts furniture beyond this in a chat. */
const MAX_COUNT = 10_000;

export const knownOf = (facts: GroundingFacts): Known => {
  const businessText = [
    ...facts.articles.map(({ title, body }) => `${title}\n${body}`),
    ...facts.statements,
    ...facts.colleagueWords,
  ].join('\n');
  const customer = fold(withFigures(facts.customerWords.join('\n')));
  return {
    ...facts,
    businessText,
    business: fold(withFigures(businessText)),
    businessBare: bare(businessText),
    // A question ("Is VAT included?") states nothing.
    businessSentences: sentencesOf(businessText)
      .filter(({ text }) => !isQuestion(text))
      .map(({ text }) => fold(withFigures(text))),
    cards: new Map(facts.products.map((product) => [product.sku, cardOf(product)])),
    customer,
    shown: new Set(facts.ownWords.flatMap(listedNumbers)),
    counts: new Set([...countsIn(customer), ...facts.lines.map(({ quantity }) => quantity)]),
  };
};

/** The numbers of a list: "- Ergo chair (CH-616): …". Prose may speak of numbers that do not exist. */
const listedNumbers = (text: string): readonly string[] =>
  [...text.matchAll(/^[^\S\n]*[-•*\d.]+ .{1,120}?\(([\p{L}\p{N} -]{2,40})\)/gmu)].map(([, sku = '']) =>
    normaliseSku(sku),
  );

/** Whole numbers that stand alone: not part of an amount, a size or a number. */
export const countsIn = (plain: string): readonly number[] =>
  [...plain.matchAll(/(?<![\p{L}\p{N}.,/-])[وبل]?(\d{1,5})(?![\p{L}\p{N}]|[.,/-]\d|\s?%)/gu)]
    .map((match) => Number(match[1]))
    .filter((count) => count >= 1 && count <= MAX_COUNT);

/** All that the catalog says of the products, folded. */
export const cardsOf = (products: readonly EvidenceProduct[], known: Known): string =>
  products.map(({ sku }) => known.cards.get(sku) ?? '').join('\n');

const cardOf = (product: EvidenceProduct): string =>
  fold(
    withFigures(
      [product.name, product.nameAr ?? '', product.category ?? '', product.description ?? ''].join('\n'),
    ),
  );

/** Conditions that must travel with what they limit: "free for orders above 10,000 AED" is not "free". */
const CONDITION =
  /\b(?:above|over|from|for orders|depend\w*|when|if|only)\b|فوق|أكثر من|اكثر من|بحسب|حسب|للطلبات|إذا|اذا/i;

/** Whether the business itself says what `claim` matches, without denying it or leaving it to a manager. */
export const businessSays = (known: Known, claim: RegExp, plain: string): boolean =>
  known.businessSentences.some((own) => {
    const at = own.search(claim);
    if (at < 0 || isDenied(own, at) || isDeferred(own)) return false;
    return !CONDITION.test(own) || CONDITION.test(plain);
  });
