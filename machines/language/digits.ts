/** Digits and number marks of the Arabic script, as they come from phones in the Gulf. */

const ARABIC_INDIC_ZERO = 0x0660;
const EASTERN_ZERO = 0x06f0;
const FULLWIDTH_ZERO = 0xff10;
const NUMBER_MARKS: Readonly<Record<string, string>> = { '٫': '.', '٬': ',', '٪': '%' };

/**
 * Maps Arabic-Indic, Eastern Arabic and full-width digits, and the Arabic decimal, thousands and per cent marks, to
 * ASCII. One character becomes one character, so that indexes into the result are indexes into the original.
 */
export const toAsciiDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19٫٬٪]/g, (char) => {
    const mark = NUMBER_MARKS[char];
    if (mark) return mark;
    const code = char.charCodeAt(0);
    const zero =
      code >= FULLWIDTH_ZERO ? FULLWIDTH_ZERO : code >= EASTERN_ZERO ? EASTERN_ZERO : ARABIC_INDIC_ZERO;
    return String(code - zero);
  });
