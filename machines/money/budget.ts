/** The limit a customer puts on a price (domain 5.21): it restricts the set, it does not merely order it. */
import { toAsciiDigits } from '../language/digits.ts';
import {
  CURRENCY_PATTERN,
  currencyOf,
  MAGNITUDE_PATTERN,
  magnitudeOf,
  NUMBER_PATTERN,
  plainDecimal,
} from './marks.ts';
import { DEFAULT_CURRENCY, type Money } from './money.ts';

const LIMIT_WORDS = [
  'under',
  'below',
  'less than',
  'lower than',
  'cheaper than',
  'up to',
  'upto',
  'maximum(?: of)?',
  'max\\.?',
  'not (?:more|over|above) than',
  'no more than',
  'within',
  'budget(?:\\s+(?:is|of|around|about))?',
  'أقل من',
  'اقل من',
  'تحت',
  'أرخص من',
  'ارخص من',
  'لا يتجاوز',
  'لا تتجاوز',
  'ما يتعدى',
  'لا يزيد عن',
  'بحدود',
  'في حدود',
  'حدود',
  'حد أقصى',
  'لحد',
  'ميزانية',
  'الميزانية',
  'ميزانيتي',
];

const LIMIT = new RegExp(
  `(?<!\\p{L})(?:${LIMIT_WORDS.join('|')})\\s*[:=]?\\s*(${CURRENCY_PATTERN})?[\\s.]*(${NUMBER_PATTERN})\\s*(?:(${MAGNITUDE_PATTERN})(?!\\p{L}))?(?!\\s*(?:%|cm|mm|m|days?|weeks?|hours?|years?|pcs|people|persons?|kg|سم|يوم|أيام|شخص|كيلو)(?!\\p{L}))\\s*(${CURRENCY_PATTERN})?`,
  'iu',
);

/** "under 500 AED", "max 1,200", "أقل من ٥٠٠ درهم"; `null` when no limit on a price is stated. */
export const findBudget = (text: string, defaultCurrency: string = DEFAULT_CURRENCY): Money | null => {
  const match = LIMIT.exec(toAsciiDigits(text));
  if (!match) return null;
  const amount = plainDecimal(match[2] ?? '', magnitudeOf(match[3]));
  const mark = match[1] ?? match[4];
  return amount === null ? null : { amount, currency: (mark && currencyOf(mark)) ?? defaultCurrency };
};

const CHEAP =
  /\b(?:cheap(?:est|er)?|budget(?:[- ]friendly)?|affordable|low(?:est)?[- ](?:cost|price)|economical|inexpensive)\b|رخيص|رخيصة|أرخص|ارخص|اقتصادي|اقتصادية|بسعر مناسب/iu;

/** Whether the words ask for the low end without naming a figure. */
export const asksForCheap = (text: string): boolean => CHEAP.test(text);
