/** Finds SKUs, quantities and budgets in a customer's words (domain 12.11, 12.12; lessons F-11 to F-14). Pure. */
import { fold, foldDigits, pattern } from './text.ts';

export interface FoundSku {
  /** As the customer wrote it: the shop's resolver knows spellings better. */
  readonly sku: string;
  readonly start: number;
  readonly end: number;
}

/** Short words that stand before numbers without making a SKU of them. */
const NOT_A_PREFIX: ReadonlySet<string> = new Set(
  `aed dh dhs usd eur sar uae at to in on of by or is it my me we us no so up for the and get has have need want
   take buy from about around under over max min only just than like qty pcs vat tel mob fax box am pm po id year
   floor room unit tower office call text level`.split(/\s+/),
);

/** The colour may be written onto the number (`ch720blk`) or, in capitals, after a space (`CH 720 BLK`). */
const LETTERED =
  /(?<![\p{L}\p{N}-])([A-Za-z\u0400-\u04ff]{2,6})([ -]{0,3})(\d{2,6})((?:-[A-Za-z0-9]{1,6})+|[A-Za-z]{3}| (?:BLK|BLU|GRN|GRY|NEW|OLD|RED|TEA|WHT|COG)|)(?![\p{L}\p{N}])/gu;
const NUMERIC = /(?<![\p{L}\p{N}.-])(\d{4}-\d{1,2})(?![\p{N}-])/gu;
/** `AX-LAMP`, `WS-4-WHT`, `ws-4`: a hyphenated code, in capitals or with a digit in it. */
const CODED = /(?<![\p{L}\p{N}-])[A-Za-z\u0400-\u04ff]{2,4}(?:-[A-Za-z0-9]{1,8})+(?![\p{L}\p{N}-])/gu;
const isCode = (token: string): boolean => token === token.toUpperCase() || /\d/.test(token);

/** E-mails, links and phone numbers hold digits that are nobody's order. */
const blank = (text: string): string =>
  text.replace(/[^\s@]{1,64}@\S{1,255}|https?:\/\/\S{1,2000}|\+?\d[\d ()-]{7,40}\d/g, (match) =>
    ' '.repeat(match.length),
  );

export const findSkus = (original: string): readonly FoundSku[] => {
  const text = blank(foldDigits(original));
  const found: FoundSku[] = [];
  const add = (match: RegExpExecArray): void => {
    const [sku] = match;
    const [start, end] = [match.index, match.index + sku.length];
    if (!found.some((other) => start < other.end && other.start < end)) found.push({ sku, start, end });
  };
  for (const match of text.matchAll(CODED)) {
    const prefix = match[0].split('-', 1)[0] ?? '';
    if (isCode(match[0]) && !NOT_A_PREFIX.has(prefix.toLowerCase())) add(match);
  }
  for (const match of text.matchAll(LETTERED)) {
    const [, prefix = '', separator = '', digits = ''] = match;
    const spaced = separator.includes(' ') && !separator.includes('-');
    const short = prefix.length <= (prefix === prefix.toUpperCase() ? 4 : 3);
    if (NOT_A_PREFIX.has(prefix.toLowerCase()) || (spaced && (digits.length < 3 || !short))) continue;
    add(match);
  }
  for (const match of text.matchAll(NUMERIC)) add(match);
  return found.sort((a, b) => a.start - b.start);
};

const WORDS: readonly (readonly [RegExp, number])[] = (
  [
    [
      '(?:one|a single|only one|just one) (?:piece|pc|unit|of (?:them|it|those|these))|(?:just|only) one|^one(?=[\\s.!]*$)',
      '^واحدة?(?=[\\s.!]*$)|حبة واحدة|حبه وحده|قطعة واحدة|واحدة فقط|واحد فقط|واحد بس|وحدة بس',
      1,
    ],
    ['two', 'اثنين|اثنان|كرسيين|مكتبين', 2],
    ['three', 'ثلاثة|ثلاث', 3],
    ['four', 'أربعة|أربع', 4],
    ['five', 'خمسة|خمس', 5],
    ['six', 'ستة|ست', 6],
    ['seven', 'سبعة|سبع', 7],
    ['eight', 'ثمانية|ثماني|ثمان', 8],
    ['nine', 'تسعة|تسع', 9],
    ['ten', 'عشرة|عشر', 10],
    ['(?:a )?dozen|twelve', 'درزن', 12],
    ['fifteen', 'خمسة عشر', 15],
    ['twenty', 'عشرين|عشرون', 20],
  ] as const
).map(([en, ar, value]) => [new RegExp(`(?<!\\p{L})(?:${en}|${fold(ar)})(?!\\p{L})`, 'giu'), value]);

/** Number words as digits. "One" stays a word: "the first one" is no quantity. */
const wordsToDigits = (folded: string): string =>
  WORDS.reduce(
    (text, [word, value]) => text.replace(word, (match) => `${value}`.padEnd(match.length)),
    folded,
  );

const COUNTED = '(?:x|×|pcs?|pieces?|units?|nos?|قطعه|قطع|حبه|حبات)';
const BEFORE = new RegExp(
  `(?<![\\p{L}\\p{N}.,-])(\\d{1,5})\\s*${COUNTED}?\\s*(?:of|من|عدد)?\\s*(?:the|[a-z]+s)?\\s*$`,
  'u',
);
const AFTER = new RegExp(
  `^\\s*(?:(?:x|×|\\*|:|=|qty|quantity|عدد)\\s*:?\\s*(\\d{1,5})|(\\d{1,5})(?=\\s*(?:${COUNTED}|$|\\n|,|؛|;|\\.)))`,
  'u',
);

export interface Wanted {
  readonly sku: string;
  /** `null`: not said. */
  readonly quantity: number | null;
}

/** Each SKU with the quantity that stands beside it: `4 of CH-616`, `CH-616 x 4`. */
export const wantedItems = (original: string): readonly Wanted[] => {
  const skus = findSkus(original);
  const text = blank(foldDigits(original).toLowerCase());
  return skus.map((found, index) => {
    const from = skus[index - 1]?.end ?? 0;
    const to = skus[index + 1]?.start ?? text.length;
    const before = BEFORE.exec(wordsToDigits(fold(text.slice(from, found.start))));
    const after = AFTER.exec(wordsToDigits(fold(text.slice(found.end, to))));
    const quantity = Number(before?.[1] ?? after?.[1] ?? after?.[2] ?? 0);
    return { sku: found.sku, quantity: quantity > 0 ? quantity : null };
  });
};

const MONEY = '(?:aed|dhs?|dirhams?|درهم|دراهم)';
const BUDGET = new RegExp(
  `(?:under|below|less than|up to|max(?:imum)?(?: of)?|not more than|no more than|within|budget(?: is| of| around)?|cheaper than|اقل من|تحت|بحدود|في حدود|لا يتجاوز|لا تتجاوز|حتي|بميزانيه|ميزانيه|ميزانيتي|ميزانيتنا|اقصي)\\s*:?\\s*${MONEY}?\\s*(\\d[\\d,]*(?:\\.\\d+)?)\\s*(k\\b)?`,
  'u',
);

/** The highest price the customer named, in dirhams, and the text without it. */
export const budgetIn = (original: string): { readonly max: number | null; readonly rest: string } => {
  const text = fold(original);
  const match = BUDGET.exec(text);
  if (!match) return { max: null, rest: text };
  const amount = Number((match[1] ?? '').replaceAll(',', '')) * (match[2] ? 1000 : 1);
  const rest = text.replace(match[0], ' '.repeat(match[0].length));
  return { max: Number.isFinite(amount) && amount > 0 ? amount : null, rest };
};

/** What makes a number something other than a count (domain 12.12). */
const NOT_COUNTED = new RegExp(
  `^\\s*(?:${MONEY}|usd|%|percent|cm|mm|m\\b|met(?:er|re)s?|inch|kg|days?|weeks?|months?|years?|hours?|am\\b|pm\\b|people|persons?|employees?|staff|k\\b|:|/|سم|متر|يوم|ايام|اسبوع|اسابيع|شهر|اشهر|سن|ساع|شخص|اشخاص|موظف)`,
  'u',
);

/** "A meeting table for 10": so many sit at it. */
const SEATS =
  /(?:tables?|sofas?|pods?|booths?|rooms?|offices?|teams?|areas?) for (?:about |up to |around )?$|(?:طاول\p{L}*|غرف\p{L}*|قاع\p{L}*|صال\p{L}*)(?: اجتماعات?)? ل\s*$/u;

/** A quantity that is not tied to a SKU: `10 chairs`, `6`, `four please`. */
export const looseQuantity = (original: string): number | null => {
  const spoken = [...findSkus(original)].reduceRight(
    (text, { start, end }) => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end),
    blank(foldDigits(original)),
  );
  const text = wordsToDigits(budgetIn(spoken).rest);
  for (const match of text.matchAll(/(?<![\p{L}\p{N}.,-])(\d{1,5})(?![\p{N}]|[.,]\d)/gu)) {
    const rest = text.slice(match.index + match[0].length);
    const before = text.slice(0, match.index);
    const moneyBefore = new RegExp(`${MONEY}\\s*$`, 'u').test(before);
    const count = Number(match[1]);
    if (!moneyBefore && !SEATS.test(before) && !NOT_COUNTED.test(rest) && count > 0) return count;
  }
  return null;
};

const ORDINALS: readonly RegExp[] = [
  pattern(/\bfirst\b|\b1st\b/, ['الأول', 'الأولى']),
  pattern(/\bsecond\b|\b2nd\b/, ['الثاني', 'الثانية']),
  pattern(/\bthird\b|\b3rd\b/, ['الثالث', 'الثالثة']),
];

/** 0 for "the first one", and so on; `null` when no place is named. */
export const ordinalIn = (original: string): number | null => {
  const text = fold(original);
  const index = ORDINALS.findIndex((ordinal) => ordinal.test(text));
  return index === -1 ? null : index;
};

export interface Listed {
  readonly sku: string;
  readonly name: string;
  readonly price: number | null;
  /** A line of the order with its quantity, not an article to choose. */
  readonly noted: boolean;
}

/** The items of one of our own replies: `- Ergo chair (CH-616): 450.00 AED`, with the price when it stands there. */
export const listedItems = (reply: string): readonly Listed[] =>
  [...reply.matchAll(/^- (.+?) \(([^()\n]{2,40})\)(?=:|$)(.*)$/gmu)].map((match) => {
    const price = /(?<!\d)(\d[\d,]{0,30}\.\d{2})/.exec(match[3] ?? '')?.[1];
    return {
      name: (match[1] ?? '').replace(/^\d+ × /, ''),
      sku: match[2] ?? '',
      price: price ? Number(price.replaceAll(',', '')) : null,
      noted: /^: \d+ × /.test(match[3] ?? ''),
    };
  });
