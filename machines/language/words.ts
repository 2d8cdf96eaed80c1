/** Builds the patterns of a lexicon: English expressions and Arabic words, to be matched against folded text. */
import { fold } from './fold.ts';

/** Particles written onto the next word: "and", "so", "with", "for", "like", and the article. */
const PARTICLES = '(?:[وف]?[بلك]?(?:ال)?|[وف]?لل)';
/** Endings of number, case and possession: كرسي, كراسيكم. */
const ENDING = '[\\p{L}]{0,3}';

/**
 * An Arabic word or phrase with its usual particles and up to three letters of ending. A leading `=` keeps the word as
 * it stands, for short ones whose longer forms mean something else (`=لن`, `=غير`).
 */
const arabic = (phrase: string): string => {
  const exact = phrase.startsWith('=');
  const words = fold(exact ? phrase.slice(1) : phrase).replaceAll(' ', '\\s{1,3}(?:ال)?');
  return exact ? `(?<!\\p{L})${words}(?!\\p{L})` : `(?<!\\p{L})${PARTICLES}${words}${ENDING}(?!\\p{L})`;
};

/** Source of a pattern (flag `u`: folded text has one case) over folded text. The English part brings its own word boundaries or none. */
export const sourceOf = (english: string, arabicWords: readonly string[] = []): string =>
  [...(english === '' ? [] : [`(?<![\\p{L}])(?:${english})(?![\\p{L}])`]), ...arabicWords.map(arabic)].join(
    '|',
  );

/** A pattern over folded text: `words('discount|% off', ['خصم', '=عرض خاص'])`. */
export const words = (english: string, arabicWords: readonly string[] = []): RegExp =>
  new RegExp(sourceOf(english, arabicWords), 'u');
