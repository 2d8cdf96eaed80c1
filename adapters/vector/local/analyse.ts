/** A text as weighted features: stems, meanings shared by both languages, and letter groups that forgive typing errors. */
import { CONCEPT_WORDS_MAX, conceptsOf, isThing, type Meanings } from './lexicon.ts';
import { isFiller, normaliseText, stem, withoutParticle, wordsOf } from './text.ts';

/** Feature (`w:`, `c:`, `g:` and its value) to weight. */
export type Features = Map<string, number>;

/** The first line is the name of the thing; the rest describes it and mentions others. */
const TITLE_WEIGHT = 3;
const WORD_WEIGHT = 1;
/** A word whose meaning is known counts by its meaning. */
const KNOWN_WORD_WEIGHT = 0.4;
const NUMBER_WEIGHT = 0.6;
const THING_WEIGHT = 2.2;
const PROPERTY_WEIGHT = 1.2;
/** A more general name of the same thing. */
const GENERAL_WEIGHT = 0.5;

/** Stems and meanings. A text of several lines is a passage: its first line weighs more. */
export const analyse = (text: string): Features => {
  const features: Features = new Map();
  const [title = '', ...rest] = text.split('\n');
  addLine(features, title, rest.length > 0 ? TITLE_WEIGHT : 1);
  for (const line of rest) addLine(features, line, 1);
  return features;
};

const addLine = (features: Features, line: string, weight: number): void => {
  const words = wordsOf(normaliseText(line));
  const stems = words.map(stem);
  for (let i = 0; i < stems.length; ) {
    const known = meaningAt(words, stems, i);
    if (known) {
      known.concepts.forEach((concept, at) => {
        const share = at < known.own ? 1 : GENERAL_WEIGHT;
        add(features, `c:${concept}`, weight * conceptWeight(concept) * share);
      });
      for (const word of stems.slice(i, i + known.length)) {
        if (!isFiller(word)) add(features, `w:${word}`, weight * KNOWN_WORD_WEIGHT);
      }
      i += known.length;
      continue;
    }
    const word = stems[i] ?? '';
    if (!isFiller(word))
      add(features, `w:${word}`, weight * (/^\p{N}/u.test(word) ? NUMBER_WEIGHT : WORD_WEIGHT));
    i++;
  }
};

const conceptWeight = (concept: string): number => (isThing(concept) ? THING_WEIGHT : PROPERTY_WEIGHT);

export interface Meaning extends Meanings {
  /** Words it takes. */
  readonly length: number;
}

/** The longest known phrase at word `i`; a single word is tried without its particle too. */
export const meaningAt = (words: readonly string[], stems: readonly string[], i: number): Meaning | null => {
  for (let length = Math.min(CONCEPT_WORDS_MAX, stems.length - i); length >= 1; length--) {
    const found = conceptsOf(stems.slice(i, i + length).join(' '));
    if (found) return { ...found, length };
  }
  const bare = withoutParticle(words[i] ?? '');
  const found = bare === null ? undefined : conceptsOf(stem(bare));
  return found ? { ...found, length: 1 } : null;
};

const add = (features: Features, feature: string, weight: number): void => {
  features.set(feature, (features.get(feature) ?? 0) + weight);
};

const GRAM_LETTERS = 4;
const GRAM_WORD_MIN = 4;
const GRAM_WEIGHT = 0.9;

/** Letter groups of the unknown words of the first line, so that `ergonmic` still finds its word. */
export const letterGroups = (text: string): Features => {
  const features: Features = new Map();
  const [title = ''] = text.split('\n', 1);
  for (const word of wordsOf(normaliseText(title)).map(stem)) {
    if (word.length < GRAM_WORD_MIN || isFiller(word)) continue;
    const padded = `^${word}$`;
    const count = padded.length - GRAM_LETTERS + 1;
    for (let i = 0; i < count; i++)
      add(features, `g:${padded.slice(i, i + GRAM_LETTERS)}`, GRAM_WEIGHT / Math.sqrt(count));
  }
  return features;
};
