/**
 * Texts as they may be set. Nothing of a customer is ever read as markup (it comes as data), yet marks that turn the
 * direction of a whole line, control characters and words wider than the paper would still spoil the page.
 */

/** Longest text of one field, in characters (G10); the rest is cut with an ellipsis. */
export const FIELD_CHARS_MAX = 1200;
/** A word longer than this may be broken anywhere: it could be wider than its column. */
const WORD_CHARS_MAX = 24;

/** Control characters, direction overrides and isolates, lone surrogates, and what the font has no picture for. */
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Variation_Selector}\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{1f1e6}-\u{1f1ff}\u{e0000}-\u{e007f}]/gu;
/** Sizes keep their order inside Arabic: 120 × 60 must not be read as 60 × 120. */
const MEASURES = /(?<!\d)\d{1,9}(?:[.,–-]\d{1,9}){0,6}(?:\s?[×xX*]\s?\d{1,9}(?:[.,–-]\d{1,9}){0,6}){1,6}/gu;
const ISOLATE = { start: '\u2066', end: '\u2069' } as const;
const BREAK = '\u200b';

/** One line of printable text. Trademark signs and the like are words to readers, so they stay. */
export const printable = (text: string): string => {
  const plain = text.replace(UNPRINTABLE, keepSigns).replace(/\s+/g, ' ').trim();
  const characters = [...plain];
  const cut =
    characters.length > FIELD_CHARS_MAX ? `${characters.slice(0, FIELD_CHARS_MAX - 1).join('')}…` : plain;
  return breakLongWords(cut).replace(MEASURES, (measure) => `${ISOLATE.start}${measure}${ISOLATE.end}`);
};

/** `©`, `®`, `™` and a few arrows count as pictographs to Unicode, yet every font draws them. */
const keepSigns = (found: string): string => (/[©®™]/.test(found) ? found : ' ');

const breakLongWords = (text: string): string =>
  text.replace(/\S{25,}/gu, (word) =>
    [...word]
      .map((character, i) => (i > 0 && i % WORD_CHARS_MAX === 0 ? BREAK + character : character))
      .join(''),
  );

/** Every text inside a value, made printable; keys, numbers and nulls stay. */
export const printableDeep = <T>(value: T): T => {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map(printableDeep) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, inside]) => [key, printableDeep(inside)]),
    ) as T;
  }
  return value;
};
