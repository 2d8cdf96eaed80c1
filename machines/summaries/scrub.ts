/**
 * Takes personal data out of a text before it is kept or shown to a model again (domain 20.4): phones, e-mail addresses,
 * links, the names and addresses that are known of the customer, and any long run of digits. Prices, quantities and
 * article numbers stay. Pure; every pattern is linear in the text.
 */
import { toAsciiDigits } from '../language/digits.ts';

/** What is known of a person. */
export interface PersonalData {
  /** People's names: as a whole, and each word of them. */
  readonly names: readonly string[];
  /** Company, address and the like: as a whole. */
  readonly phrases: readonly string[];
}

/** Names and phrases looked for at most, and characters of each (G10). */
const MAX_KNOWN = 40;
const MAX_KNOWN_CHARS = 200;
/** From this many digits on a number can be a phone, a card or a document. */
const LONG_NUMBER = 7;
const MIN_NAME_LETTERS = 2;
/** Of a name in a script that glues its particles to words, this many letters are looked for inside words too. */
const MIN_GLUED_LETTERS = 3;

/** Words of profile names that are nobody's: taken out, they would leave no sentence whole. */
const COMMON = new Set(
  (
    'the and for of mr mrs ms miss dr eng sir madam office offices furniture company co corp group trading general ' +
    'contracting llc fzco fze ltd inc shop store sales manager chair chairs desk desks table tables design interior ' +
    'customer dubai uae sharjah abu dhabi'
  ).split(' '),
);

const EMAIL =
  /[^\s@]{1,64}@[^\s@]{1,255}(?:@[^\s@]{0,255})*|[^\s@]{1,64}\s{1,2}@\s{1,2}[^\s@]{1,255}\.\p{L}{2,}/gu;
const HANDLE = /(?<!\S)@\p{L}[\p{L}\d_.]{1,60}/gu;
const SPELLED_EMAIL = /[\p{L}\d._-]{1,64}\s?[([]\s?at\s?[)\]]\s?[\p{L}\d.-]{1,255}/giu;
const LINK = /(?:https?:\/\/|www\.|wa\.me\/)\S{1,2000}/giu;
const NUMBER = /\+?\(?\d(?:[\s().–—-]{0,3}\d)*/gu;
/** An amount that only its decimals make long, and a day. */
const KEPT = /^(?:\d{1,6}\.\d{1,2}|20\d\d-[01]\d-[0-3]\d)$/;

/** The text on one line, without what tells who the customer is. The same again changes nothing more. */
export const scrub = (text: string, known: PersonalData): string => {
  let before = text;
  let after = pass(text, known);
  for (let passes = 1; after !== before && passes < PASSES_MAX; passes += 1) {
    before = after;
    after = pass(before, known);
  }
  return after;
};

/** What is left of one find can look like another beside its mark; a few passes settle any text. */
const PASSES_MAX = 8;

const pass = (text: string, known: PersonalData): string => {
  const plain = normalise(text)
    .replace(LINK, '[link]')
    .replace(EMAIL, '[e-mail]')
    .replace(SPELLED_EMAIL, '[e-mail]')
    .replace(HANDLE, '[name]');
  return withoutKnown(plain.replace(NUMBER, maskNumber), known).replace(/\s+/gu, ' ').trim();
};

/** One spelling for what looks the same; characters that nobody sees could otherwise hide in a number. */
const normalise = (text: string): string =>
  toAsciiDigits(text.toWellFormed().normalize('NFKC'))
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Cc}/gu, ' ');

/** Digits of any script: each script's ten follow each other. */
const asciiDigit = (digit: string): string => {
  if (/\d/.test(digit)) return digit;
  let value = 0;
  for (let code = (digit.codePointAt(0) ?? 0) - 1; value < 9 && isDigit(code); code--) value++;
  return String(value);
};

const isDigit = (code: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(code));

const maskNumber = (found: string): string => {
  const digits = found.replace(/\D/g, '').length;
  return digits < LONG_NUMBER || KEPT.test(found) ? found : '[number]';
};

const withoutKnown = (text: string, { names, phrases }: PersonalData): string => {
  const whole = [...phrases, ...names].slice(0, MAX_KNOWN).map(clean);
  const words = names.slice(0, MAX_KNOWN).flatMap((name) => clean(name).split(/[^\p{L}\p{M}'’]+/u));
  const wanted = [...whole, ...words].filter(isTelling);
  // Longer ones first, so that no half of a name is left.
  const patterns = [...new Set(wanted)].toSorted((a, b) => b.length - a.length).map(patternOf);
  return patterns.length === 0 ? text : text.replace(new RegExp(patterns.join('|'), 'giu'), '[name]');
};

const clean = (known: string): string =>
  normalise(known.slice(0, MAX_KNOWN_CHARS)).replace(/\s+/gu, ' ').trim();

const isTelling = (known: string): boolean =>
  letters(known) >= MIN_NAME_LETTERS && !COMMON.has(known.toLowerCase());

const letters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** Arabic writes "and", "for" and "the" in one word with the name; other scripts have a boundary there. */
const patternOf = (known: string): string => {
  const escaped = known.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '\\s{1,3}');
  const isGlued = /\p{Script=Arabic}/u.test(known) && letters(known) >= MIN_GLUED_LETTERS;
  return isGlued ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
};
