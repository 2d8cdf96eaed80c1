/** Builds the patterns of a lexicon: English expressions and Arabic words, to be matched against folded text. */
import { fold } from './fold.ts';

/** Letters of the two scripts; narrow classes keep hundreds of patterns quick to build and to run. */
const LATIN = '[a-z\u00df-\u024f]';
const ARABIC = '[\u0621-\u064a\u066e-\u06d3]';
/** Particles written onto the next word: "and", "so", "with", "for", "like", and the article. */
const PARTICLES = '(?:[وف]?[بلك]?(?:ال)?|[وف]?لل)';
/** Endings of number, case and possession: كرسي, كراسيكم. */
const ENDING = `${ARABIC}{0,3}`;

const spaced = (phrase: string): string => fold(phrase).replaceAll(' ', '\\s{1,3}(?:ال)?');

/**
 * A pattern over folded text (flag `u`: folded text has one case). English expressions may be regular and are matched as
 * whole words. An Arabic word or phrase is matched with its usual particles and up to three letters of ending; a leading
 * `=` keeps it as it stands, for short ones whose longer forms mean something else: `words('discount', ['خصم', '=لن'])`.
 */
export const words = (english: string, arabicWords: readonly string[] = []): RegExp => {
  const exact = arabicWords.filter((word) => word.startsWith('=')).map((word) => spaced(word.slice(1)));
  const stems = arabicWords.filter((word) => !word.startsWith('=')).map(spaced);
  const parts = [
    ...(english === '' ? [] : [`(?<!${LATIN})(?:${english})(?!${LATIN})`]),
    ...(exact.length === 0 ? [] : [`(?<!${ARABIC})(?:${exact.join('|')})(?!${ARABIC})`]),
    ...(stems.length === 0 ? [] : [`(?<!${ARABIC})${PARTICLES}(?:${stems.join('|')})${ENDING}(?!${ARABIC})`]),
  ];
  return new RegExp(parts.join('|'), 'u');
};
