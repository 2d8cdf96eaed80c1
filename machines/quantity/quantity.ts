/**
 * How many pieces a customer wants (domain 12.12, lesson F-12). A number is a quantity when a unit or a piece of
 * furniture follows it, when it is marked as one, or when it answers the question for it; money, sizes, times, people,
 * dates, phones and model numbers never are.
 */
import { fold } from '../language/fold.ts';
import { maskNonMoney } from '../money/mask.ts';
import { findAmounts } from '../money/money.ts';
import { withFigures } from './figures.ts';

export interface Quantity {
  readonly count: number;
  /** `counted`: "10 chairs", "5 pcs"; `marked`: "qty 5", "x5"; `bare`: nothing but the number, after our question. */
  readonly how: 'counted' | 'marked' | 'bare';
  /** The thing counted, folded, when one is named: `chairs`, `كراسي`. */
  readonly noun: string | null;
  /** "5 each", "من كل واحد": the same number of every item spoken of. */
  readonly each: boolean;
}

/** Quantities read from one text at most (G10). */
export const MAX_QUANTITIES = 50;
/** Nobody buys more pieces over a chat; larger numbers are something else. */
const MAX_COUNT = 10_000;

const UNIT = 'pcs?|pieces?|units?|nos|sets?|قطعه|قطع|حبه|حبات|وحده|وحدات';
const FURNITURE =
  'chairs?|seats?(?= of)|stools?|armchairs?|desks?|workstations?|tables?|sofas?|couch(?:es)?|cabinets?|cupboards?|drawers?|pedestals?|lockers?|shel(?:f|ves)|bookcases?|pods?|booths?|partitions?|screens?|lamps?|boards?|whiteboards?|footrests?|cushions?|items?|products?|كرسي|كراسي|مكتب|مكاتب|طاوله|طاولات|كنبه|كنبات|كنب|خزانه|خزائن|خزاين|دولاب|دواليب|درج|ادراج|كابينه|كابينات|مقعد|مقاعد|ترابيزه|رف|رفوف';
/** What makes the number before it something else. */
const NOT_COUNTED =
  /^\s?(?:%|percent|per cent|بالميه|k\b|aed|dhs?\b|dirhams?|usd|\$|درهم|cm|mm|m\b|m2|sqm|met(?:er|re)s?|inch|inches|ft|feet|kgs?\b|سم|مم|متر|كيلو|كجم|(?:working |business )?(?:minutes?|hours?|days?|weeks?|months?|years?)|am\b|pm\b|o'?clock|دقيق|ساع|يوم|ايام|اسبوع|اسابيع|شهر|اشهر|سنه|سنوات|عام|people|persons?|employees?|staff|colleagues?|users?|guests?|students?|children|kids|seaters?|seat\b|doors?|drawers? (?:cabinet|unit|pedestal)|شخص|اشخاص|موظف|عامل|طالب|طفل|اطفال|مقعد(?:ين)?\b|floors?|rooms?|offices\b|branches|th\b|st\b|nd\b|rd\b|طابق|غرف|:|\/)/iu;
/** What makes the number after it something else. */
const NOT_AFTER =
  /(?:model|no\.?|nr|number|option|item|sku|ref|code|office|villa|flat|floor|building|tower|street|room|box|warehouse|shop|since|year|aed|dhs?\.?|\$|budget|under|below|max|less than|up to|at|موديل|رقم|مكتب رقم|فيلا|شقه|طابق|برج|شارع|منذ|ميزانيه|ميزانيتي|اقل من|درهم|خيار)\s?[:#.]?\s?$/iu;

const NUMBER = /(?<![\p{L}\p{N}.,:/-])(\d{1,5})(?![\p{N}]|[.,:/]\d)/gu;
const MARK_BEFORE = /(?:qty|quantity|how many|count|[x×*]|عدد|العدد|الكميه|كميه)\s?[:=]?\s?$/iu;
const MARK_AFTER = /^\s?[x×*](?!\s?\d)/iu;
const UNIT_AFTER = new RegExp(`^\\s{0,2}(?:[x×*]\\s?)?(${UNIT})(?!\\p{L})`, 'iu');
const NOUN_AFTER = new RegExp(
  `^\\s{0,2}(?:[x×*]\\s?)?(?:of (?:the |your |these )?)?((?:[\\p{L}\u0001'-]{2,15}\\s){0,3}?)(${FURNITURE})(?!\\p{L})`,
  'iu',
);
/** Words that end the reach of a number: "10 for the meeting tables". */
const REACH_ENDS =
  /(?<!\p{L})(?:and|or|for|with|in|at|by|to|per|from|is|are|و\p{L}*|او|مع|في|من|الي)(?!\p{L})/iu;
const OF_THEM =
  /^\s{0,2}(?:of (?:them|those|these|it|that|this|each)|each|for each|apiece|منها|منه|منهم|من كل|لكل)(?!\p{L})/iu;
const EACH = /^[\s\p{L}]{0,20}?(?<!\p{L})(?:each|of each|apiece|من كل|لكل واحد|لكل نوع)(?!\p{L})/iu;
/** A number with politeness around it and nothing else. */
const BARE =
  /^[^\p{L}\p{N}]*(?:(?:yes|ok|okay|only|just|about|around|maybe|please|pls|i need|we need|i want|i'll take|make it|let'?s say|say|total|نعم|اريد|ابغي|احتاج|نحتاج|فقط|تقريبا|حوالي|بس)[\s,،:.]*){0,3}(\d{1,5})(?:[\s,،]*(?:please|pls|only|thanks|thank you|total|in total|for now|فقط|لو سمحت|من فضلك|شكرا|بس))*[^\p{L}\p{N}]*$/iu;

/**
 * The quantities in order of appearance. `asked`: our last message asked how many, so a bare number answers it (lesson
 * F-02). Article numbers should be taken out first (`findSkus`), as the catalog alone knows the bare ones.
 */
export const readQuantities = (text: string, asked: boolean): readonly Quantity[] => {
  const plain = prepared(text);
  const bare = asked ? BARE.exec(plain) : null;
  if (bare) return isCount(bare[1]) ? [{ count: Number(bare[1]), how: 'bare', noun: null, each: false }] : [];
  const found: Quantity[] = [];
  for (const match of plain.matchAll(NUMBER)) {
    if (found.length >= MAX_QUANTITIES) break;
    const after = plain.slice(match.index + match[0].length, match.index + match[0].length + 80);
    const before = plain.slice(Math.max(0, match.index - 24), match.index);
    const read = isCount(match[1]) ? quantityAt(Number(match[1]), before, after) : null;
    if (read) found.push(read);
  }
  return found;
};

const isCount = (digits: string | undefined): boolean => Number(digits) >= 1 && Number(digits) <= MAX_COUNT;

const quantityAt = (count: number, before: string, after: string): Quantity | null => {
  const each = EACH.test(after);
  if (MARK_BEFORE.test(before) || MARK_AFTER.test(after))
    return { count, how: 'marked', noun: nounIn(after), each };
  if (NOT_COUNTED.test(after) || NOT_AFTER.test(before)) return null;
  const noun = nounIn(after);
  if (noun !== null || UNIT_AFTER.test(after) || OF_THEM.test(after))
    return { count, how: 'counted', noun, each };
  return null;
};

/** The piece of furniture within three words: "10 black office chairs". */
const nounIn = (after: string): string | null => {
  const match = NOUN_AFTER.exec(after.replace(UNIT_AFTER, '').replace(/^\s?(?:of|من)\s/, ' '));
  return match && !REACH_ENDS.test(match[1] ?? '') ? (match[2] ?? null) : null;
};

/** "x5", "5x" and "5pcs" apart; everything that is no count blanked. */
const prepared = (text: string): string => {
  const figures = fold(withFigures(text))
    .replace(/(?<![\p{L}\p{N}])([x×])(\d{1,5})(?![\p{L}\p{N}])/gu, '$1 $2')
    .replace(/(?<![\p{L}\p{N}.,-])(\d{1,5})(x|×|pcs?|units?|nos)(?![\p{L}\p{N}])/gu, '$1 $2')
    .replace(/(?<!\p{L})([وبل])(\d)/gu, '$1 $2');
  // A line that is a number and a full stop numbers an answer; a number alone is a quantity.
  const masked = maskNonMoney(figures);
  return findAmounts(masked)
    .filter(({ currency, amount }) => currency !== undefined || !amount.endsWith('.00'))
    .reduce(
      (rest, { raw, index }) =>
        rest.slice(0, index) + ' '.repeat(raw.length) + rest.slice(index + raw.length),
      masked,
    );
};
