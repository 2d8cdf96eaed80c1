/** Reads one amount out of a short text: a form field, a tool argument, a stated budget. */
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

const WHOLE = new RegExp(
  `^(?:(${CURRENCY_PATTERN})[\\s.:]*)?(${NUMBER_PATTERN}|\\d{1,3}(?: \\d{3})+(?:\\.\\d{1,2})?)\\s*(?:(${MAGNITUDE_PATTERN})(?![\\p{L}]))?\\s*(?:/-)?\\s*(${CURRENCY_PATTERN})?[.!]?$`,
  'iu',
);

/**
 * The amount when the whole text is one (`1,250`, `1250 AED`, `١٢٥٠`, `Dhs 450`, `٤٥٠ درهم`, `10k`, `450/-`), otherwise
 * `null`; also `null` when two currencies are named, and for more than two decimals: never a guess.
 */
export const parseMoney = (text: string, defaultCurrency: string = DEFAULT_CURRENCY): Money | null => {
  const match = WHOLE.exec(toAsciiDigits(text).trim());
  if (!match) return null;
  const [before, after] = [match[1], match[4]].map((mark) => (mark ? currencyOf(mark) : undefined));
  if (before && after && before !== after) return null;
  const amount = plainDecimal(match[2] ?? '', magnitudeOf(match[3]));
  return amount === null ? null : { amount, currency: before ?? after ?? defaultCurrency };
};
