/**
 * Is the reply true? Pure: `(reply, context) → verdict`. Every amount, SKU, stock figure, percentage and promise must be
 * covered by what tools found in this turn, by the selection, or by the customer's own words (domain 14; lessons F-19
 * to F-25). A refused reply is repaired once and then replaced; nothing else leads out to the customer.
 */
import { speaksOnly } from '../language/language.ts';
import { findAmounts, fromMinor, knownPrice, MAX_MINOR_UNITS, multiply, toMinor } from '../money/money.ts';
import { normaliseSku } from '../sku/sku.ts';
import type { ConversationContext, EvidenceProduct, Verdict } from './context.ts';

/** WhatsApp's readable length; a longer answer is a catalogue, not a reply (domain 5.19). */
const MAX_REPLY_CHARS = 3500;

/** Judges a reply. `problems` are written for the model that has to repair it. */
export const ground = (reply: string, context: ConversationContext): Verdict => {
  const facts = gatherFacts(context);
  const problems = [
    ...wrongLength(reply),
    ...leaks(reply),
    ...wrongLanguage(withoutSkus(reply, facts), context),
    ...unknownAmounts(reply, facts),
    ...unknownSkus(reply, facts),
    ...unknownStock(reply, facts),
    ...unknownPercentages(reply, facts),
    ...unfoundedPromises(reply, context),
  ];
  return { ok: problems.length === 0, problems };
};

interface Facts {
  readonly products: readonly EvidenceProduct[];
  /** Everything said by articles and by the customer: their figures may be repeated. */
  readonly quotable: string;
  readonly amounts: ReadonlySet<string>;
  readonly skus: ReadonlySet<string>;
}

const gatherFacts = (context: ConversationContext): Facts => {
  const { evidence } = context.turn;
  const products = [...evidence.briefedProducts, ...evidence.products];
  const articles = [...evidence.briefedArticles, ...evidence.articles];
  const customerWords = context.dialogue.filter((line) => line.from !== 'bot').map((line) => line.text);
  const productWords = products.map(
    (product) => `${product.name} ${product.nameAr ?? ''} ${product.description ?? ''}`,
  );
  const quotable = [
    ...articles.map((article) => `${article.title} ${article.body}`),
    ...customerWords,
    ...productWords,
  ].join('\n');
  const counts = quantities(customerWords.join('\n'));
  const { lines, subtotal } = context.order;
  return {
    products,
    quotable,
    amounts: new Set([
      ...products.flatMap((product) => (product.price === null ? [] : [canonical(product.price)])),
      ...products.flatMap((product) => multiples(product, counts)),
      ...lines.flatMap((line) => [canonical(line.unitPrice), canonical(line.lineTotal)]),
      ...(subtotal === null ? [] : [canonical(subtotal)]),
      ...findAmounts(quotable).map((found) => canonical(found.amount)),
    ]),
    skus: new Set(
      [...products.map((product) => product.sku), ...lines.map((line) => line.sku)].map(normaliseSku),
    ),
  };
};

/** `1250` and `1250.00` are one amount (lesson F-20). */
const canonical = (amount: string): string => fromMinor(toMinor(amount));

/** Price times a quantity that the customer named is arithmetic, not invention. */
const multiples = (product: EvidenceProduct, counts: readonly number[]): readonly string[] => {
  const price = knownPrice(product.price, product.currency);
  if (price === null) return [];
  const unit = toMinor(price.amount);
  return counts
    .filter((count) => unit * BigInt(count) <= MAX_MINOR_UNITS)
    .map((count) => multiply(price, count).amount);
};

const MAX_COUNTED = 10_000;

const quantities = (text: string): readonly number[] =>
  [...latinDigits(text).matchAll(/(?<![\w.,-])\d{1,4}(?![\w.,-]*\d)/g)]
    .map((match) => Number(match[0]))
    .filter((count) => count > 1 && count <= MAX_COUNTED);

const latinDigits = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));

const wrongLength = (reply: string): readonly string[] => {
  if (reply.trim() === '') return ['The reply is empty.'];
  return reply.length > MAX_REPLY_CHARS ? [`The reply is longer than ${MAX_REPLY_CHARS} characters.`] : [];
};

const LEAKS = [
  /\b(search_products|check_stock|search_knowledge|set_selection|update_customer|hand_over|request_quote|tool_call)\b/,
  /\[repair\]|\[written by a human colleague\]/i,
  /\{\s*"(ok|products|articles|lines|sku)"\s*:/,
  /\b(system prompt|my instructions are|as an ai language model)\b/i,
  /\{\{\w+\}\}/,
];

const leaks = (reply: string): readonly string[] =>
  LEAKS.some((pattern) => pattern.test(reply))
    ? ['The reply shows internal text (tool names, JSON or instructions).']
    : [];

/** Article numbers may hold letters of another script (domain 12.11); they say nothing about the reply's language. */
const withoutSkus = (reply: string, facts: Facts): string =>
  facts.products.reduce((text, product) => text.replaceAll(product.sku, ''), reply);

const wrongLanguage = (reply: string, context: ConversationContext): readonly string[] =>
  speaksOnly(reply, context.language)
    ? []
    : [`The reply must be in ${context.language === 'ar' ? 'Arabic' : 'English'} only.`];

const unknownAmounts = (reply: string, facts: Facts): readonly string[] =>
  findAmounts(reply)
    .filter((found) => !facts.amounts.has(canonical(found.amount)))
    .map((found) => `The amount ${found.raw.trim()} is in no tool result of this turn.`);

/** Letters, then digits, perhaps with variants: what a customer would take for an article number. */
const SKU_LIKE = /(?<![\p{L}\p{N}])\p{Lu}{1,6}[- ]?\d{2,6}(?:-[\p{L}\p{N}]{1,6})*(?![\p{L}\p{N}])/gu;
const NOT_SKUS = /^(?:UAE|AED|VAT|UTC|GMT|ISO|RAL|USB|LED|AM|PM|A)[- ]?\d/;

const unknownSkus = (reply: string, facts: Facts): readonly string[] => {
  const quotable = normaliseSku(facts.quotable);
  return [...reply.matchAll(SKU_LIKE)]
    .map((match) => match[0])
    .filter((token) => !NOT_SKUS.test(token))
    .filter((token) => !facts.skus.has(normaliseSku(token)) && !quotable.includes(normaliseSku(token)))
    .map((token) => `The article number ${token} is in no tool result of this turn.`);
};

const STOCK_CLAIMS = [
  /(\d[\d,]*)\s*(?:pcs|pieces|units|items|chairs|desks|tables)?\s*(?:are |is )?(?:currently |now )?(?:in stock|available|left)\b/gi,
  /(?:in stock|stock|available)\s*[:=]\s*(\d[\d,]*)/gi,
  /(?:المتوفر|متوفر(?:ة)? منها?|متوفر(?:ة)?|المخزون)\s*:?\s*(\d[\d,]*)/g,
  /(\d[\d,]*)\s*(?:قطعة|قطع|كرسي|كراسي|مكتب|مكاتب)?\s*(?:متوفرة?|في المخزون)/g,
];

const unknownStock = (reply: string, facts: Facts): readonly string[] => {
  const stocks = new Set(
    facts.products.flatMap((product) => (product.stock === null ? [] : [product.stock])),
  );
  const asked = new Set(quantities(latinDigits(facts.quotable)));
  const text = latinDigits(reply);
  return STOCK_CLAIMS.flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => Number((match[1] ?? '').replaceAll(',', '')))
    .filter((count) => !stocks.has(count) && !coveredByStock(count, asked, facts.products))
    .map((count) => `The stock figure ${count} is in no tool result of this turn.`);
};

/** "10 are available" is true when 10 were asked for and at least 10 are there. */
const coveredByStock = (
  count: number,
  asked: ReadonlySet<number>,
  products: readonly EvidenceProduct[],
): boolean =>
  asked.has(count) && products.some((product) => product.stock !== null && product.stock >= count);

const unknownPercentages = (reply: string, facts: Facts): readonly string[] => {
  const said = new Set(
    [...latinDigits(facts.quotable).matchAll(/(\d+(?:\.\d+)?)\s*[%٪]/g)].map((match) => match[1]),
  );
  return [...latinDigits(reply).matchAll(/(\d+(?:\.\d+)?)\s*[%٪]/g)]
    .filter((match) => !said.has(match[1]))
    .map((match) => `The percentage ${match[0]} is in no tool result of this turn.`);
};

const COLLEAGUE_PROMISES = [
  /\b(?:manager|colleague|team|specialist|someone)\b[^.!?\n]{0,40}\b(?:will|is going to|shall)\b/i,
  /\b(?:I|we)(?:'ll| will| shall)\s+(?:check|call|confirm|arrange|get back|contact|ask|send)\b/i,
  /(?:سيتواصل|سيتصل|سأتصل|سنتصل|سنتواصل|سأتأكد|سأتحقق|سنتحقق|سأرسل|سنرسل|سيراجع)/,
];
const DONE_CLAIMS = [
  /\b(?:quotation|quote|offer|invoice|order)\b[^.!?\n]{0,30}\b(?:has been|have been|was|is)\s+(?:sent|created|placed|confirmed|prepared)\b/i,
  /\bI(?:'ve| have)\s+(?:sent|created|placed|booked|reserved|prepared)\b/i,
  /(?:أرسلت|تم إرسال|تم إنشاء|تم تأكيد|حجزت)/,
];

/** A promise is legal only if an escalation happened in this turn (lesson F-24); no effect is claimed (lesson F-06). */
const unfoundedPromises = (reply: string, context: ConversationContext): readonly string[] => {
  const problems: string[] = [];
  if (!context.turn.evidence.escalated && COLLEAGUE_PROMISES.some((pattern) => pattern.test(reply))) {
    problems.push(
      'The reply promises that someone will check, call or send something; nothing of the kind was arranged.',
    );
  }
  if (DONE_CLAIMS.some((pattern) => pattern.test(reply))) {
    problems.push('The reply claims that something was sent, created or reserved; it was not.');
  }
  return problems;
};
