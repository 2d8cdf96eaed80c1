/**
 * Amounts of money inside a running text, for grounding (lesson F-19, F-20). A number is money when a currency stands by
 * it, when it is written as money (1,250 or 12.50), or when the words before or after it speak of a price. Quantities,
 * sizes, dates, times, phones, percentages, article numbers and links are not (domain 12.12).
 */
import { toAsciiDigits } from '../language/digits.ts';
import {
  CURRENCY_PATTERN,
  currencyOf,
  MAGNITUDE_PATTERN,
  magnitudeOf,
  NUMBER_PATTERN,
  PARTICLE_PATTERN,
  plainDecimal,
} from './marks.ts';
import { maskNonMoney } from './mask.ts';

export interface FoundAmount {
  /** Plain decimal with two places. */
  readonly amount: string;
  /** ISO code, only when a mark stands by the number (or by the other end of its range). */
  readonly currency?: string;
  /** As written, with its currency. */
  readonly raw: string;
  /** Where `raw` begins. */
  readonly index: number;
}

/** No reply or question states more amounts; the rest of a longer text is ignored (G10). */
export const MAX_AMOUNTS = 200;

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly written: string;
  readonly amount: string;
  currency?: string;
  rawStart: number;
  rawEnd: number;
}

/** A number starts a word, or follows a mark (`AED450`) or an Arabic particle (`ب450`) without a space. */
const STARTS = `(?<!\\p{N}|\\d[.,])(?<=^|[^\\p{L}]|${CURRENCY_PATTERN}|(?<!\\p{L})${PARTICLE_PATTERN})`;
/** Groups by spaces are a number only after a mark; `1.250` without cents is read as European thousands. */
const LOOSE_GROUPS = `(?<=(?:${CURRENCY_PATTERN})[\\s.:]{0,3})\\d{1,3}(?: \\d{3})+(?![\\d])|\\d{1,3}(?:\\.\\d{3})+(?![\\d,])`;
const NUMBER = new RegExp(
  `${STARTS}(?:${LOOSE_GROUPS}|${NUMBER_PATTERN})(?:\\s?(${MAGNITUDE_PATTERN})(?![\\p{L}\\p{N}]))?`,
  'giu',
);
const MARK_BEFORE = new RegExp(`(?<![\\p{L}])(?:${CURRENCY_PATTERN})[\\s.:\\-]{0,3}$`, 'iu');
const MARK_AFTER = new RegExp(`^(?:/-)?[\\s\\-]{0,2}(?:${CURRENCY_PATTERN})(?![\\p{L}\\p{N}])`, 'iu');
/** The longest mark with its spaces: further back is not looked. */
const MARK_CHARS_MAX = 24;
const MARK = new RegExp(CURRENCY_PATTERN, 'iu');

/** The amounts, in order of appearance. Digits of both scripts; indexes are those of the original text. */
export const findAmounts = (text: string): readonly FoundAmount[] => {
  const ascii = toAsciiDigits(text);
  const masked = maskNonMoney(ascii);
  const candidates = readCandidates(masked);
  claimMarks(masked, candidates);
  shareMarkInRanges(masked, candidates);
  return candidates
    .filter((found) => found.currency !== undefined || isMoneyByContext(masked, found))
    .slice(0, MAX_AMOUNTS)
    .map(({ amount, currency, rawStart, rawEnd }) => ({
      amount,
      ...(currency === undefined ? {} : { currency }),
      raw: text.slice(rawStart, rawEnd),
      index: rawStart,
    }));
};

const readCandidates = (masked: string): Candidate[] => {
  const found: Candidate[] = [];
  for (const match of masked.matchAll(NUMBER)) {
    const magnitude = match[1];
    const written = magnitude ? match[0].slice(0, -magnitude.length).trimEnd() : match[0];
    const amount = plainDecimal(written.replace(/\.(?=\d{3}(?:\.|$))/g, ''), magnitudeOf(magnitude));
    if (amount === null) continue;
    const end = match.index + match[0].length;
    found.push({ start: match.index, end, written: match[0], amount, rawStart: match.index, rawEnd: end });
  }
  return found;
};

/** Gives each mark to one number: the one before it, unless that would rob the number after it of its only mark. */
const claimMarks = (masked: string, candidates: readonly Candidate[]): void => {
  let claimedUpTo = 0;
  candidates.forEach((candidate, i) => {
    const from = Math.max(claimedUpTo, candidate.start - MARK_CHARS_MAX);
    const before = MARK_BEFORE.exec(masked.slice(from, candidate.start));
    if (before) {
      candidate.rawStart = from + before.index;
      setCurrency(candidate, before[0]);
    }
    const after = MARK_AFTER.exec(masked.slice(candidate.end));
    if (!after || candidate.currency !== undefined) return;
    const markEnd = candidate.end + after[0].length;
    const next = candidates[i + 1];
    const belongsToNext = next && MARK_BEFORE.test(masked.slice(markEnd - after[0].length, next.start));
    if (belongsToNext && !MARK_AFTER.test(masked.slice(next.end))) return;
    candidate.rawEnd = markEnd;
    setCurrency(candidate, after[0]);
    claimedUpTo = markEnd;
  });
};

const setCurrency = (candidate: Candidate, around: string): void => {
  const code = currencyOf(MARK.exec(around)?.[0] ?? '');
  if (code !== undefined) candidate.currency = code;
};

const RANGE = /^\s*(?:-|–|—|to|or|إلى|الى|حتى|أو|~)\s*$/i;
const BETWEEN = /^\s*(?:and|و)\s*$/i;
const BETWEEN_OPENER = /(?:between|بين)\s*$/i;

/** "450-600 AED" and "between 450 and 600 AED": both ends are money. */
const shareMarkInRanges = (masked: string, candidates: readonly Candidate[]): void => {
  for (let i = 0; i + 1 < candidates.length; i++) {
    const [left, right] = [candidates[i], candidates[i + 1]];
    if (!left || !right || (left.currency === undefined) === (right.currency === undefined)) continue;
    const gap = masked.slice(left.rawEnd, right.rawStart);
    const linked =
      RANGE.test(gap) ||
      (BETWEEN.test(gap) &&
        BETWEEN_OPENER.test(masked.slice(Math.max(0, left.rawStart - MARK_CHARS_MAX), left.rawStart)));
    const currency = left.currency ?? right.currency;
    if (!linked || currency === undefined) continue;
    left.currency = currency;
    right.currency = currency;
  }
};

const PRICE_WORDS =
  /(?:\b(?:prices?|priced|costs?|total|subtotal|vat|rate|amount|budget|pay|only|just|starting (?:from|at)|starts? (?:from|at))\b|(?:السعر|سعره|سعرها|سعر|بسعر|المجموع|الإجمالي|الاجمالي|التكلفة|تكلفة|الضريبة|ضريبة|الميزانية|ميزانية|فقط))[^\d\n.!?؟]{0,25}$/iu;
const DIRECT = /(?:\bis|\bat|:|=|هو|هي|بـ)\s*$/iu;
const PER_PIECE =
  /^\s*(?:\/-|\/\s*(?:pcs?|piece|unit|each)\b|each\b|per (?:piece|unit|item|chair|desk|pc)\b|apiece\b|للقطعة|للواحد|للحبة)/iu;
const INCLUDING =
  /^\s*(?:\+\s*(?:vat|5\s*%)|(?:plus|incl\w*|excl\w*|before|with|without)\.?\s+(?:of\s+)?vat\b|شامل|غير شامل)/iu;
/** "Total for 12 chairs is 5400": the price word may stand further off when the number is introduced. */
const INTRODUCED =
  /(?:\b(?:prices?|costs?|total|subtotal|vat|amount)\b|السعر|المجموع|الإجمالي|الاجمالي|التكلفة)[^\n.!?؟]{0,50}(?:\bis|=|:|هو|هي)\s*$/iu;
const MULTIPLIED = /^\s*[x×*]\s*\d+\s*=/i;
/** After these words a number is still a sum, before any other word it counts things ("total for 12 chairs"). */
const SENTENCE_ENDS =
  /^\s*(?:$|[.,;:!?؟،)\]*_|\n–—-]|(?:and|or|in|for|as|with|which|but|so|if|now|today|only|net|all|excluding|including|و|أو|فقط|لكل)(?![\p{L}]))/iu;
const YEAR = /^(?:19|20)\d{2}$/;
const WRITTEN_AS_MONEY = /^\d{1,3}(?:,\d{3})+(?:\.\d{2})?$|^\d+\.\d{2}$/;
/** A unit right after the number makes it a measure, however it is written. */
const UNIT =
  /^[\s-]?(?:mm|cm|m|km|m2|m²|sqm|sq|kg|g|lbs?|inch(?:es)?|in\b|ft|feet|hz|w|v|kw|l|gb|years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|pcs|pieces?|units?|sets?|seats?|persons?|people|pax|employees|staff|سم|مم|متر|كجم|كغ|كيلو|سنوات|سنة|شهر|أشهر|أسبوع|أسابيع|يوم|أيام|ساعة|ساعات|قطعة|قطع|شخص|أشخاص|موظف|موظفين)(?![\p{L}\p{N}])/iu;

const isMoneyByContext = (masked: string, found: Candidate): boolean => {
  const after = masked.slice(found.end, found.end + 40);
  if (/^\s?%/.test(after) || UNIT.test(after)) return false;
  if (/^\s*[x×*]/i.test(after) && !/^\s*[x×*]\s*\d/i.test(after)) return false;
  if (MULTIPLIED.test(after) || PER_PIECE.test(after) || INCLUDING.test(after)) return true;
  if (WRITTEN_AS_MONEY.test(found.written)) return true;
  const before = masked.slice(Math.max(0, found.start - 60), found.start);
  if (INTRODUCED.test(before) && SENTENCE_ENDS.test(after)) return true;
  if (!PRICE_WORDS.test(before)) return false;
  if (YEAR.test(found.written) && !DIRECT.test(before)) return false;
  return SENTENCE_ENDS.test(after);
};
