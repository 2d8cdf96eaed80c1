/** How people write currencies and magnitudes in English and Arabic. */

/** Spellings of each currency, lower case, longest first where one begins another. */
const CURRENCY_MARKS: Readonly<Record<string, readonly string[]>> = {
  AED: [
    'aed',
    'dirhams',
    'dirham',
    'dhs.',
    'dhs',
    'dh.',
    'dh',
    'درهماً',
    'درهما',
    'درهم',
    'دراهم',
    'د.إ.',
    'د.إ',
    'د.ا',
  ],
  USD: ['usd', 'us$', 'us dollars', 'dollars', 'dollar', '$', 'دولارات', 'دولار'],
  EUR: ['eur', 'euros', 'euro', '€', 'يورو'],
  GBP: ['gbp', '£'],
  SAR: ['sar', 'riyals', 'riyal', 'ريالات', 'ريال', 'ر.س'],
  QAR: ['qar'],
};

const literally = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\$]/g, '\\$&').replace(/ /g, '\\s+');

const CODE_OF = new Map(
  Object.entries(CURRENCY_MARKS).flatMap(([code, marks]) => marks.map((m) => [m, code] as const)),
);

/** Source of a regular expression (flags `iu`) that matches any currency mark, longest first. */
export const CURRENCY_PATTERN = [...CODE_OF.keys()]
  .sort((a, b) => b.length - a.length)
  .map(literally)
  .join('|');

/** ISO code of a mark as it was written. */
export const currencyOf = (mark: string): string | undefined =>
  CODE_OF.get(mark.toLowerCase().replace(/\s+/g, ' '));

/** Source of a pattern for a number: grouped (1,250.00; Indian 1,25,000), European (1.250,50), or plain. */
export const NUMBER_PATTERN = [
  '\\d{1,3}(?:\\.\\d{3})+,\\d{1,2}(?!\\d)',
  "\\d{1,3}(?:[,،'\u00a0\u202f\u2009]\\d{3})+(?:\\.\\d{1,2})?(?![\\d])",
  '\\d{1,2}(?:,\\d{2})+,\\d{3}(?:\\.\\d{1,2})?(?!\\d)',
  '\\d+,\\d{1,2}(?!\\d)',
  '\\d+(?:\\.\\d{1,2})?(?!\\d)',
].join('|');

/** Source of a pattern for a word that multiplies the number before it. */
export const MAGNITUDE_PATTERN = 'thousand|million|k|mn|m|ألف|الف|آلاف|الاف|مليون';

/** Arabic particles that are written together with the number that follows: `ب450 درهم`, `و600`. */
export const PARTICLE_PATTERN = '[وفبلك]{1,2}ـ?';

const THOUSAND = 3;
const MILLION = 6;

/** Powers of ten of a magnitude word; 0 for none. */
export const magnitudeOf = (word: string | undefined): number => {
  if (!word) return 0;
  return /^(million|mn|m|مليون)$/i.test(word) ? MILLION : THOUSAND;
};

/**
 * The plain decimal of a number as people write it (after digits were mapped to ASCII), times `10^power`. `null` when
 * it would need more than two decimals or is too long.
 */
export const plainDecimal = (written: string, power = 0): string | null => {
  const european = /^\d{1,3}(?:\.\d{3})+,\d{1,2}$|^\d+,\d{1,2}$/.test(written);
  const dotted = european ? written.replace(/\./g, '').replace(',', '.') : written.replace(/[^\d.]/g, '');
  const [whole = '', fraction = ''] = dotted.split('.');
  const shifted = fraction.padEnd(power, '0');
  const integer = `${whole}${shifted.slice(0, power)}`.replace(/^0+(?=\d)/, '');
  const rest = shifted.slice(power);
  if (integer.length > 12 || rest.length > 2) return null;
  return `${integer}.${rest.padEnd(2, '0')}`;
};
