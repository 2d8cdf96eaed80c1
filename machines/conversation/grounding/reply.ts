/** A reply taken apart for judging: sentences, folded and with figures in digits, and the products each one names. */
import { fold } from '../../language/fold.ts';
import { sentencesOf } from '../../language/sentences.ts';
import { withFigures } from '../../quantity/figures.ts';
import type { EvidenceProduct } from '../context.ts';
import type { GroundingFacts } from './facts.ts';
import { isQuestion } from './mood.ts';
import { type Naming, namingOf, orderOfNames, withoutNames } from './names.ts';

export interface Said {
  readonly index: number;
  /** As the model wrote it. */
  readonly text: string;
  /** Digits for number words, as written otherwise. */
  readonly figures: string;
  /** `figures`, folded. */
  readonly plain: string;
  /** `plain` with every product's name and number blanked: its digits count nothing. */
  readonly unnamed: string;
  readonly question: boolean;
  /** The products in the order of the `§` of `unnamed`. */
  readonly names: readonly EvidenceProduct[];
  readonly products: readonly EvidenceProduct[];
  /** It stands word for word in an article: the business said it. */
  readonly quoted: boolean;
}

export interface Reply {
  readonly text: string;
  readonly sentences: readonly Said[];
  /** Every product named anywhere in it. */
  readonly products: readonly EvidenceProduct[];
}

/** Letters and digits only, for comparing sentences whatever their marks. */
export const bare = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Shorter sentences are nobody's quotation: "Yes." stands in many articles. */
const QUOTED_CHARS_MIN = 12;

export const prepareReply = (text: string, facts: GroundingFacts, business: string): Reply => {
  const naming = namingOf(facts.products);
  const sentences = sentencesOf(text).map((sentence, index): Said => {
    const figures = withFigures(sentence.text);
    const plain = fold(figures);
    const same = bare(sentence.text);
    return {
      index,
      text: sentence.text,
      figures,
      plain,
      unnamed: withoutNames(plain, naming),
      question: isQuestion(sentence.text),
      names: orderOfNames(plain, naming),
      products: named(sentence.text, naming),
      quoted: same.length >= QUOTED_CHARS_MIN && business.includes(same),
    };
  });
  const products = [...new Set(sentences.flatMap((sentence) => sentence.products))];
  return { text, sentences, products };
};

const named = (text: string, naming: readonly Naming[]): readonly EvidenceProduct[] => {
  const plain = fold(text);
  return naming.filter(({ pattern }) => plain.search(pattern) >= 0).map(({ product }) => product);
};
