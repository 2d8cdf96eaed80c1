/** Whether the judge's evidence was really said: a quote must stand in one message, as it was shown. */
import type { ShownLine } from './transcript.ts';

/** A quote with fewer letters and digits proves nothing: it stands everywhere. */
const MIN_QUOTE_CHARS = 2;

/** Marks of direction, joiners and a soft hyphen: not seen, and lost when a text is copied. */
const UNSEEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** Arabic vowel signs and the stretching of a line: written or left out as one likes. */
const ARABIC_SIGNS = /[\u0640\u064b-\u0652\u0670]/gu;
const ARABIC_ZERO = 0x0660;
const PERSIAN_ZERO = 0x06f0;

/** Digits of the keyboards in use, Arabic and Persian, as Latin ones. */
const latinDigit = (digit: string): string => {
  const code = digit.charCodeAt(0);
  return String(code - (code >= PERSIAN_ZERO ? PERSIAN_ZERO : ARABIC_ZERO));
};

/**
 * Models change quotation marks, capitals, spaces, bold marks, a last full stop, and in Arabic vowel signs, the seat of a
 * hamza and digits; none of it changes what was said.
 */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(ARABIC_SIGNS, '')
    .replace(/[\u0622\u0623\u0625\u0671]/gu, '\u0627')
    .replace(/[\u0649\u06cc]/gu, '\u064a')
    .replace(/\u06a9/gu, '\u0643')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, latinDigit)
    .replace(/\u060c/gu, ',')
    .replace(/\u061b/gu, ';')
    .replace(/\u061f/gu, '?')
    .replace(/[\u2018\u2019\u201a\u201b\u2039\u203a]/gu, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/gu, '"')
    .replace(/[\u2010-\u2015]/gu, '-')
    .replace(/[*_~`]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();

/** Marks around a quote, and the speaker's name that some models copy with it. */
const bare = (quote: string): string =>
  folded(quote)
    .replace(/^(?:customer|assistant|colleague): /u, '')
    .replace(/^["'\s]+|(?<!["'\s.…])["'\s.…]+$/gu, '');

/** The message that the quote stands in, the first of several; null: nobody said it. */
export const whereSaid = <Line extends Pick<ShownLine, 'text'>>(
  quote: string,
  lines: readonly Line[],
): Line | null => {
  const wanted = bare(quote);
  const telling = wanted.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (telling < MIN_QUOTE_CHARS) return null;
  return lines.find(({ text }) => folded(text).includes(wanted)) ?? null;
};
