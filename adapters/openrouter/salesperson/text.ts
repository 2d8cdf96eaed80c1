/** Folds English and Gulf Arabic spellings so that one pattern meets all of them. Pure. */

export const hasArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text);

/** Arabic-Indic and Persian digits as ASCII. */
export const foldDigits = (text: string): string =>
  text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));

/** Lower case, plain digits and quotes, no diacritics; letters that Arabic writers interchange become one. */
export const fold = (text: string): string =>
  foldDigits(text)
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .replaceAll('ؤ', 'و')
    .replaceAll('ئ', 'ي')
    .replace(/[’‘`´]/g, "'");

/** An Arabic word with the particles that are written onto it, and up to three letters of ending. */
const arabicWord = (word: string): string =>
  `(?<!\\p{L})[وفبلك]?(?:ال|لل)?${fold(word).replaceAll(' ', '\\s+(?:ال)?')}\\p{L}{0,3}(?!\\p{L})`;

/** A pattern on folded text: an English expression, and Arabic words as they are usually written. */
export const pattern = (english: RegExp, arabic: readonly string[] = []): RegExp =>
  new RegExp([english.source, ...arabic.map(arabicWord)].join('|'), 'iu');

/** Sentences and lines, trimmed. */
export const sentences = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?؟])\s+|\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The beginning of a text, cut after a sentence or a word. */
export const shorten = (text: string, max: number): string => {
  const tidy = text.trim();
  if (tidy.length <= max) return tidy;
  const head = tidy.slice(0, max);
  const sentence = /^[\s\S]*[.!?؟](?=\s)/.exec(head)?.[0];
  return sentence && sentence.length > max / 3 ? sentence : `${head.replace(/(?<!\s)\s+\S*$/, '')}…`;
};
