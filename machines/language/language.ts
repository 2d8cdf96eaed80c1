/**
 * Which of the two languages a text is in, and whether a reply keeps to one (domain 16.1-16.4, lesson F-23). Judged by
 * presence of a script and by function words, never by a share of letters: an Arabic sentence full of Latin product
 * names stays Arabic.
 */

import { ADDRESS } from './addresses.ts';

export type Language = 'en' | 'ar';

const ARABIC_LETTER = /[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/;
const ARABIC_WORD = /[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+/g;
/** Letters that Urdu needs and Arabic, Gulf dialects included, never writes. */
const URDU_LETTER = /[ٹڈڑںےہ]/;
/** Letters of any script that is neither Latin nor Arabic (Russian, Chinese, Hindi …). */
const FOREIGN_LETTER = /[^\P{L}\p{Script=Latin}\p{Script=Arabic}\p{Script=Common}]/u;
const LATIN_WORD = /\p{Script=Latin}[\p{Script=Latin}'’]*/gu;

/** Words that only running English uses; product names and units do not. */
const ENGLISH_FUNCTION_WORDS = new Set(
  `a an the and or but if is are was were be been am i you we they he she it its my your our their me us them this that
  these those of to for from with without at by on in do does did have has had can could will would shall should may
  need want what which how much many when where why who please thanks thank not no yes here there any some all about
  as so let know get`.split(/\s+/),
);

/** Words that show English when a message is too short to hold function words. */
const ENGLISH_SHOP_WORDS = new Set(
  `hello hi hey good morning afternoon evening price prices cost cheap chair chairs desk desks table tables office sofa
  sofas cabinet cabinets furniture delivery quotation quote black white grey gray brown blue red green available stock
  discount warranty showroom sample samples catalog catalogue more less another cancel stop sure great perfect`.split(
    /\s+/,
  ),
);

/** A Latin message of at most so many words without English words is a name or a code: it keeps the language. */
const NAME_WORDS_MAX = 4;

/** English words needed before an Arabic word in their midst stops deciding the language. */
const ENGLISH_SENTENCE_WORDS = 3;
/** English words that make a sentence without Arabic an English one. */
const ENGLISH_PHRASE_WORDS = 2;

/** Whether the text holds at least one letter of the Arabic script (digits and punctuation do not count). */
export const hasArabic = (text: string): boolean => ARABIC_LETTER.test(text);

/**
 * The language to answer in. Arabic script decides for Arabic, unless it is a word or two inside an English sentence;
 * a text that shows no language (digits, emoji, a SKU, a bare name, "ok") keeps the `previous` one; every other language
 * is answered in English (domain 16.1). `previous` defaults to English.
 */
export const detectLanguage = (text: string, previous: Language = 'en'): Language => {
  const plain = text.replace(ADDRESS, ' ');
  const arabicWords = plain.match(ARABIC_WORD)?.filter(hasArabic) ?? [];
  if (arabicWords.length === 0) return isUndecided(plain) ? previous : 'en';
  if (arabicWords.filter((word) => URDU_LETTER.test(word)).length * 4 >= arabicWords.length) return 'en';
  const english = englishFunctionWords(plain);
  // "My name is سالم": a name alone does not make an English sentence an Arabic one.
  if (arabicWords.length === 1 && english >= ENGLISH_PHRASE_WORDS) return 'en';
  return english >= ENGLISH_SENTENCE_WORDS && english > arabicWords.length ? 'en' : 'ar';
};

/** No words, only codes such as `CH-616`, or a short Latin name: every language writes these alike. */
const isUndecided = (plain: string): boolean => {
  if (FOREIGN_LETTER.test(plain)) return false;
  const words = plain
    .toLowerCase()
    .split(/[^\p{L}\d'’-]+/u)
    .filter((word) => /\p{L}/u.test(word) && !/\d/.test(word));
  if (words.length > NAME_WORDS_MAX) return false;
  return !words.some((word) => ENGLISH_FUNCTION_WORDS.has(word) || ENGLISH_SHOP_WORDS.has(word));
};

const englishFunctionWords = (text: string): number => {
  const found = new Set<string>();
  for (const word of text.match(LATIN_WORD) ?? []) {
    const lower = word.toLowerCase();
    if (ENGLISH_FUNCTION_WORDS.has(lower)) found.add(lower);
  }
  return found.size;
};

/** Why a reply is not in one language; `null` when it is. */
export type LanguageFault =
  | { readonly kind: 'arabic_in_english' }
  | { readonly kind: 'no_arabic' }
  | { readonly kind: 'english_sentence'; readonly sentence: string }
  | { readonly kind: 'foreign_script' }
  | { readonly kind: 'foreign_words'; readonly sentence: string };

/**
 * Checks a reply sentence by sentence (domain 16.3, 16.4). English: no Arabic script at all. Arabic: Arabic is there,
 * and no sentence is plain English; product names, prices and links may be Latin.
 */
export const languageFault = (reply: string, language: Language): LanguageFault | null => {
  const plain = reply.replace(ADDRESS, ' ');
  if (FOREIGN_LETTER.test(plain)) return { kind: 'foreign_script' };
  if (language === 'en') return hasArabic(plain) ? { kind: 'arabic_in_english' } : foreignSentence(plain);
  if (!/\p{L}/u.test(plain)) return null;
  if (!hasArabic(plain)) return { kind: 'no_arabic' };
  if (URDU_LETTER.test(plain)) return { kind: 'foreign_script' };
  for (const sentence of plain.split(/(?<![.!?؟…])[.!?؟…]+(?=\s|$)|\n+/)) {
    if (!hasArabic(sentence) && englishFunctionWords(sentence) >= ENGLISH_PHRASE_WORDS) {
      return { kind: 'english_sentence', sentence: sentence.trim() };
    }
  }
  return null;
};

/** Words that are frequent in languages customers write here, and are no English (domain 16.1). */
const FOREIGN_WORDS = new Set(
  `bonjour nous vous votre avec pour dans les des est une sont avons merci chaise chaises bureau bureaux
  hola tenemos para sillas su sus oficina usted gracias con muy los las una esta buenos
  guten wir haben sie und der das ist nicht stuhl danke für mit ihre einen
  buongiorno abbiamo sedie grazie della sono questo olá temos cadeiras obrigado você não
  aap hai hain kya aapko mujhe chahiye ka ki ke liye nahi acha merhaba için ve bir teşekkürler sandalye`.split(
    /\s+/,
  ),
);
/** So many of them make a sentence another language; one may be a name. */
const FOREIGN_WORDS_MIN = 2;

const foreignSentence = (plain: string): LanguageFault | null => {
  for (const sentence of plain.split(/(?<![.!?…])[.!?…]+(?=\s|$)|\n+/)) {
    const found = new Set(
      (sentence.toLowerCase().match(LATIN_WORD) ?? []).filter((word) => FOREIGN_WORDS.has(word)),
    );
    if (found.size >= FOREIGN_WORDS_MIN && found.size > englishFunctionWords(sentence)) {
      return { kind: 'foreign_words', sentence: sentence.trim() };
    }
  }
  return null;
};

/** Whether the reply keeps to the language (see {@link languageFault}). */
export const speaksOnly = (reply: string, language: Language): boolean =>
  languageFault(reply, language) === null;
