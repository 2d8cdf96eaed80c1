/** Folds the spellings of English and Gulf Arabic, so that one pattern meets all of them. */
import { toAsciiDigits } from './digits.ts';

/** Short vowels, the stretching mark and characters that show nothing. */
const INVISIBLE = /[\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const LETTERS: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ؤ: 'و',
  ئ: 'ي',
  گ: 'ك',
  چ: 'ج',
  پ: 'ب',
};

/**
 * Lower case, ASCII digits, straight quotes, hyphens for every dash, no short vowels; letters that Arabic writers
 * interchange become one (lesson F-20: a curly apostrophe is an apostrophe). The length may change.
 */
export const fold = (text: string): string =>
  PLAIN.test(text) ? text.replaceAll('`', "'").toLowerCase() : folded(text);

/** Most texts are plain, and a reply is folded many times. */
const PLAIN = /^[\n -~]*$/;

const folded = (text: string): string =>
  toAsciiDigits(text)
    .replace(INVISIBLE, '')
    .replace(/[أإآٱىةؤئگچپ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[’‘`´ʼ＇]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .toLowerCase();
