/** Amounts of money in a reply: from evidence, or arithmetic on it (lesson F-19, F-20; domain 9.6). */
import { fold } from '../../language/fold.ts';
import { sentencesOf } from '../../language/sentences.ts';
import { words } from '../../language/words.ts';
import { type FoundAmount, findAmounts, toMinor } from '../../money/money.ts';
import { type Check, eachSentence } from './check.ts';
import { countsIn, type Known } from './known.ts';
import { clauseAt, isDenied } from './mood.ts';
import type { Reply, Said } from './reply.ts';
import {
  canonical,
  differencesOf,
  multiplesOf,
  priceOf,
  statedAmounts,
  sumsOf,
  withVat,
} from './true-amounts.ts';

const TOTAL = words(
  'total|together|altogether|in all|come to|comes to|makes|sum|set|each place|package|both|bring|plus|adds up',
  ['مجموع', 'إجمالي', 'معا', 'كامل', 'يصبح', 'طقم'],
);
const DIFFERENCE = words(
  'differences?|cheaper|less|more|dearer|extra|save|saves|saving|on top|adds|lower|higher',
  ['الفرق', 'أرخص', 'أقل', 'أكثر', 'أغلى', 'توفر', 'زيادة'],
);
const VAT = words('vat|tax|taxes|grand total|including|incl|in total', [
  'ضريبة',
  'إجمالي',
  'شامل',
  'المجموع',
]);
const BUDGET = words(
  'budget|limit|under|below|within|above|over|beyond|up to|at most|max|maximum|less than|more than|cheaper than|exceeds?|exceeding|range you|ceiling|covers?|enough|allows',
  [
    'ميزاني',
    '=حدود',
    '=بحدود',
    'أقل من',
    '=تحت',
    'ضمن',
    '=فوق',
    'أكثر من',
    'يتجاوز',
    'حدك',
    'سقف',
    'تكفي',
    'يكفي',
  ],
);
const BUDGET_QUESTION = words('budget|spend|price range|in mind', ['ميزاني', 'تصرف', 'في بالك']);
const BELOW = words('under|below|within|up to|less than|cheaper than|at most', [
  'أقل من',
  '=تحت',
  'ضمن',
  'لا يتجاوز',
  '=بحدود',
]);
/** Words that turn a budget into a price. */
const AGREES = words(
  'agreed|deal|confirmed|done|prices?|costs?|everything|we can do|i can do|fine|yours|per|each',
  ['تمام', 'موافق', 'السعر', 'سعر', 'اتفقنا', 'أكيد'],
);
const COVERS = words('cover|covers|enough|allows', ['تكفي', 'يكفي']);
const LEFT = words('left|remain|remains|remaining|leaves|spare|still have', [
  'يبقى',
  'متبقي',
  'الباقي',
  'يتبقى',
]);
const SHARE = words('per person|per place|per seat|per head|each|per employee|per piece|per desk|per chair', [
  'للشخص',
  'لكل',
  'للموظف',
  'للقطعة',
]);

interface Truth {
  readonly known: Known;
  readonly stated: ReadonlySet<bigint>;
  readonly prices: readonly bigint[];
  readonly multiples: ReadonlySet<bigint>;
  readonly currencies: ReadonlySet<string>;
  /** The customer's own figures, minor units. */
  readonly claimed: ReadonlySet<bigint>;
  /** Those that the customer named as what they want to spend. */
  readonly budgets: ReadonlySet<bigint>;
}

const truthOf = (known: Known, reply: Reply): Truth => {
  const stated = statedAmounts(known);
  const counts = new Set([...known.counts, ...reply.sentences.flatMap((said) => countsIn(said.unnamed))]);
  return {
    known,
    stated,
    prices: known.products.flatMap((product) => priceOf(product) ?? []),
    multiples: multiplesOf(multiplied(known, reply, stated), counts),
    currencies: new Set([...known.products, ...known.lines].map(({ currency }) => currency)),
    claimed: new Set([
      ...findAmounts(known.customerWords.join('\n')).map(({ amount }) => toMinor(amount)),
      ...countsIn(known.customer).map((count) => BigInt(count) * 100n),
    ]),
    budgets: new Set(
      sentencesOf(known.customer)
        .filter(({ text }) => BUDGET.test(text))
        .flatMap(({ text }) => findAmounts(text).map(({ amount }) => toMinor(amount))),
    ),
  };
};

/** What may be multiplied: prices the reply is about; all of them only when it is about none in particular. */
const multiplied = (known: Known, reply: Reply, stated: ReadonlySet<bigint>): ReadonlySet<bigint> => {
  const about = new Set([
    ...reply.products.flatMap((product) => priceOf(product) ?? []),
    ...known.lines.map(({ unitPrice }) => toMinor(unitPrice)),
    ...reply.sentences
      .flatMap(amountsIn)
      .flatMap(({ amount }) => (stated.has(toMinor(amount)) ? [toMinor(amount)] : [])),
  ]);
  return about.size > 0 ? about : stated;
};

export const unknownAmounts: Check = (reply, known) => {
  const truth = truthOf(known, reply);
  const verified = verifiedIn(reply, truth);
  return eachSentence('amount', (said) =>
    amountsIn(said).flatMap((found) => problemOf(found, said, reply, truth, verified)),
  )(reply, known);
};

/** The amounts of a sentence; a bare whole number before a times sign is a count ("10 × 345 = 3,450"). */
const amountsIn = (said: Said): readonly FoundAmount[] =>
  findAmounts(said.figures).filter(
    ({ currency, raw, index }) =>
      currency !== undefined || !/^\d{1,5}$/.test(raw) || !TIMES.test(said.figures.slice(index + raw.length)),
  );
const TIMES = /^\s?[x×*]\s?(?:aed|dhs?\.?)?\s?\d/i;

/** True amounts of the reply itself, of which its totals are made. */
const verifiedIn = (reply: Reply, truth: Truth): readonly bigint[] => [
  ...new Set(
    reply.sentences
      .flatMap(amountsIn)
      .map(({ amount }) => toMinor(amount))
      .filter((amount) => truth.stated.has(amount) || truth.multiples.has(amount)),
  ),
];

const problemOf = (
  found: FoundAmount,
  said: Said,
  reply: Reply,
  truth: Truth,
  verified: readonly bigint[],
): readonly string[] => {
  const raw = found.raw.trim();
  const amount = toMinor(found.amount);
  const mine = isOurs(amount, said, reply, truth, verified);
  if (
    mine &&
    found.currency !== undefined &&
    truth.currencies.size > 0 &&
    !truth.currencies.has(found.currency)
  ) {
    return [`The amount ${raw} is in another currency than the tools gave; never convert.`];
  }
  if (mine) return wrongProduct(found, said, truth);
  const at = Math.max(0, said.plain.indexOf(fold(raw)));
  if (truth.claimed.has(amount) && mayRepeat(amount, said, at, truth)) return [];
  if (isAboutBudget(amount, said, at, truth, verified)) return [];
  return [
    truth.claimed.has(amount)
      ? `The amount ${raw} is the customer's claim, not a price of ours; say our own price or that this price is not possible.`
      : `The amount ${raw} is in no tool result of this turn; use only figures that the tools gave.`,
  ];
};

const isOurs = (
  amount: bigint,
  said: Said,
  reply: Reply,
  truth: Truth,
  verified: readonly bigint[],
): boolean => {
  if (truth.stated.has(amount) || truth.multiples.has(amount)) return true;
  const sums = TOTAL.test(said.plain) || /[+=]/.test(said.plain) ? totals(said, reply, truth, verified) : [];
  if (sums.includes(amount) || countedTotals(said, truth).includes(amount)) return true;
  if (VAT.test(said.plain)) {
    const bases = [...truth.stated, ...truth.multiples, ...sums];
    if (withVat(bases, truth.known.vatPercent).has(amount)) return true;
  }
  if (!DIFFERENCE.test(said.plain)) return false;
  const differences = differencesOf([...new Set([...verified, ...truth.prices])]);
  return differences.has(amount) || multiplesOf(differences, truth.known.counts).has(amount);
};

/** "Ten CH-616 and two DK-1400", "eight places with DK-1400 and CH-616": what the sentence counts, priced. */
const countedTotals = (said: Said, truth: Truth): readonly bigint[] => {
  const marks = [...said.unnamed.matchAll(COUNTED_NAME)];
  const parts = marks.flatMap((mark, i) => {
    const product = said.names[i];
    const price = product ? priceOf(product) : null;
    const count = mark[1] ?? mark[2];
    return price === null || count === undefined ? [] : [price * BigInt(count)];
  });
  const prices = [...new Set(said.names)].flatMap((product) => priceOf(product) ?? []);
  const set = prices.reduce((sum, price) => sum + price, 0n);
  const sets =
    prices.length > 1 ? multiplesOf([set], [...truth.known.counts, ...countsIn(said.unnamed)]) : [];
  return [...sumsOf(parts), ...sets];
};
/** Each name with the count before or after it. */
const COUNTED_NAME =
  /(?:(?<![\p{L}\p{N}.,-])(\d{1,5})\s?(?:(?:x|×|\*|pcs|pieces?|units?|of|the|chairs?|desks?|tables?|من|قطع|قطعه|كرسي|كراسي|مكتب|مكاتب)\s?){0,3})?§(?:\s?[x×*]\s?(\d{1,5})(?![\d.,]))?/gu;

/** Totals of what the reply names, of its own true amounts, and of the selection with one thing more. */
const totals = (said: Said, reply: Reply, truth: Truth, verified: readonly bigint[]): readonly bigint[] => {
  const named = reply.products.flatMap((product) => priceOf(product) ?? []);
  const counts = countsIn(said.unnamed);
  const subtotal = truth.known.subtotal === null ? [] : [toMinor(truth.known.subtotal)];
  const more = [...truth.prices, ...multiplesOf(truth.prices, counts)];
  return [
    ...sumsOf([...new Set([...verified, ...named])]),
    ...subtotal.flatMap((base) => more.map((price) => base + price)),
    // One named thing and another of the same turn: "a desk with CH-616".
    ...named.flatMap((one) => truth.prices.map((other) => one + other)),
  ];
};

/** A customer's figure may be repeated as their budget or to refuse it, never as a price (domain 9.6). */
const mayRepeat = (amount: bigint, said: Said, at: number, truth: Truth): boolean => {
  if (said.question && BUDGET.test(said.plain)) return true;
  if (isDenied(said.plain, at)) return true;
  const clause = clauseAt(said.plain, at);
  const named = truth.budgets.has(amount) && !AGREES.test(said.plain);
  if (!BUDGET.test(clause) && !named) return false;
  const fits = truth.prices.length === 0 || truth.prices.some((price) => price <= amount);
  return fits || !(BELOW.test(clause) || COVERS.test(clause));
};

const isAboutBudget = (
  amount: bigint,
  said: Said,
  at: number,
  truth: Truth,
  verified: readonly bigint[],
): boolean => {
  if (said.question && BUDGET_QUESTION.test(said.plain)) return true;
  // "Chairs under 500": true when something of the turn costs less.
  const before = said.plain.slice(Math.max(0, at - 20), at);
  if (BELOW.test(before) && truth.prices.some((price) => price <= amount)) return true;
  const claimed = [...truth.claimed];
  if (LEFT.test(said.plain)) {
    const spent = [...verified, ...sumsOf(verified), ...truth.multiples];
    if (claimed.some((budget) => spent.some((cost) => budget - cost === amount))) return true;
  }
  return (
    SHARE.test(said.plain) &&
    BUDGET.test(said.plain) &&
    claimed.some((budget) => [...truth.known.counts].some((count) => budget / BigInt(count) === amount))
  );
};

/** Words that bring another thing in between a number and a price. */
const ANOTHER_THING =
  /chair|desk|table|sofa|cabinet|pod|stool|pedestal|model|another|other|cheaper|instead|كرسي|مكتب|طاول|كنب|خزان|موديل|بديل/;

/** "CH-616 is 429 AED" when 429 is the price of CH-616-NEW (lesson F-12). */
const wrongProduct = (found: FoundAmount, said: Said, truth: Truth): readonly string[] => {
  const [product] = said.products;
  if (!product || said.products.length > 1 || amountsIn(said).length > 1) return [];
  const amount = toMinor(found.amount);
  const own = priceOf(product);
  const others = truth.prices.filter((price) => price === amount);
  if (others.length === 0 || own === amount) return [];
  const line = truth.known.lines.some(
    ({ unitPrice, lineTotal }) => [unitPrice, lineTotal].some((of) => toMinor(of) === amount) && own === null,
  );
  if (
    line ||
    (own !== null && multiplesOf([own], [...truth.known.counts, ...countsIn(said.unnamed)]).has(amount))
  )
    return [];
  const [at, name] = [said.unnamed.indexOf(fold(found.raw.trim())), said.unnamed.lastIndexOf('§')];
  if (at < 0 || name < 0) return [];
  const between = said.unnamed.slice(Math.min(at, name), Math.max(at, name));
  if (ANOTHER_THING.test(between) || DIFFERENCE.test(said.plain)) return [];
  return [
    `The amount ${found.raw.trim()} is the price of another article, not of ${product.sku} (${own === null ? 'which has no price' : canonical(product.price ?? '0')}).`,
  ];
};
