/** Blanks out what looks like a number and is not money, keeping every index where it was. */
import { ADDRESS } from '../language/addresses.ts';
import { CURRENCY_PATTERN, MAGNITUDE_PATTERN, PARTICLE_PATTERN } from './marks.ts';

const NOT_MONEY: readonly RegExp[] = [
  ADDRESS,
  // Dates: 2026-01-15, 15/03/2026, 15.03.26, 15 March, March 15, and the Arabic months.
  /(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)/g,
  /(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b(?:,?\s+\d{4})?/gi,
  /\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?(?!\d)(?:,?\s+\d{4})?/gi,
  /(?<!\d)\d{1,2}\s+(?:يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر)(?:\s+\d{4})?/g,
  // Times.
  /(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)|(?<!\d)\d{1,2}\s?(?:am|pm)\b/gi,
  // Phones: a plus or double zero and many digits, or a UAE mobile.
  /(?<![\d.,])(?:\+|00)\d[\d\s()-]{7,16}\d|(?<![\d.,])05\d[\s-]?\d{3}[\s-]?\d{4}(?!\d)/g,
  // Numbers with a hash or "no." before them.
  /#\s?\d+|\b(?:no|nr|sku|model|ref|item|code|order|trn)\b\.?:?\s*#?\d[\d-]*/gi,
  // Ordinals and list numbers at the start of a line.
  /^[ \t]*\d{1,2}[.)](?=\s)/gm,
];

const SIZES = new RegExp(
  `(?<![\\d.,])\\d+(?:\\.\\d+)?\\s?(?:cm|mm|m)?\\s?[x×*]\\s?\\d+(?:\\.\\d+)?(?:\\s?(?:cm|mm|m)?\\s?[x×*]\\s?\\d+(?:\\.\\d+)?)?(?![\\d.,]*\\d)(?!\\s?(?:=|${CURRENCY_PATTERN}))`,
  'giu',
);

const WORD = /[\p{L}\p{N}]+(?:[-_/.][\p{L}\p{N}]+)*/gu;
const PRICE_WORD = new RegExp(
  `^(?:${PARTICLE_PATTERN})?(?:(?:${CURRENCY_PATTERN})[-.]?)?\\d+(?:[.,]\\d+)*(?:-\\d+(?:[.,]\\d+)*)?(?:${MAGNITUDE_PATTERN})?-?(?:${CURRENCY_PATTERN})?(?:/(?:pcs?|piece|unit|each))?$`,
  'iu',
);
const CURRENCY_NEAR_BEFORE = new RegExp(`(?:${CURRENCY_PATTERN})[\\s.:]{0,3}$`, 'iu');
const CURRENCY_NEAR_AFTER = new RegExp(`^\\s{0,2}(?:${CURRENCY_PATTERN})(?![\\p{L}])`, 'iu');

const blank = (found: string): string => found.replace(/\S/g, '\u0001');

/** The text with article numbers, dates, times, sizes, phones, links and list numbers blanked; same length. */
export const maskNonMoney = (text: string): string => {
  let masked = text;
  for (const pattern of NOT_MONEY) masked = masked.replace(pattern, blank);
  masked = masked.replace(SIZES, blank);
  return maskArticleNumbers(masked);
};

/** Words of letters and digits, and hyphenated digits without a currency: `CH-616`, `9719-4`, `A4`, `USB3`. */
const maskArticleNumbers = (text: string): string =>
  text.replace(WORD, (word, offset: number) => {
    if (!/\d/.test(word) || /^\d+(?:[.,]\d+)?$/.test(word)) return word;
    if (!PRICE_WORD.test(word)) return /\p{L}/u.test(word) || word.includes('-') ? blank(word) : word;
    if (!/^\d+(?:\.\d+)?-\d/.test(word)) return word;
    const priced =
      CURRENCY_NEAR_BEFORE.test(text.slice(Math.max(0, offset - 12), offset)) ||
      CURRENCY_NEAR_AFTER.test(text.slice(offset + word.length, offset + word.length + 12)) ||
      new RegExp(`(?:${CURRENCY_PATTERN})$`, 'iu').test(word);
    return priced ? word : blank(word);
  });
