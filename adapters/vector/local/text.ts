/** Words of English and Arabic reduced to what a search compares: one spelling, light stems, no filler. */

/** Words beyond this are not read: no product card or article needs more (G10). */
export const MAX_WORDS = 2000;

const ARABIC_MARKS = /[\u064b-\u065f\u0670\u0640]/g;
const ARABIC = /[\u0620-\u06ff]/;

/** One spelling: lower case, no accents or vowel marks, one alef, one yeh, ASCII digits, Gulf letters by their sound. */
export const normaliseText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(ARABIC_MARKS, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىیئ]/g, 'ي')
    .replace(/ؤ/g, 'و')
    .replace(/ة/g, 'ه')
    .replace(/[گک]/g, 'ك')
    .replace(/چ/g, 'ش')
    .replace(/پ/g, 'ب')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');

/** The words of normalised text; letters and digits part company (`160cm` is two). */
export const wordsOf = (normalised: string): readonly string[] =>
  (normalised.match(/\p{N}+|[\p{L}]+/gu) ?? []).slice(0, MAX_WORDS);

const STEM_MIN = 3;
const ARABIC_PREFIXES = ['وبال', 'وال', 'بال', 'كال', 'فال', 'ولل', 'ال', 'لل'];
const ARABIC_SUFFIXES = ['يات', 'ات', 'ون', 'ين', 'يه', 'ها', 'ه', 'ي'];

const stemArabic = (word: string): string => {
  const prefix = ARABIC_PREFIXES.find((p) => word.startsWith(p) && word.length - p.length >= STEM_MIN) ?? '';
  const bare = word.slice(prefix.length);
  const suffix = ARABIC_SUFFIXES.find((s) => bare.endsWith(s) && bare.length - s.length >= STEM_MIN) ?? '';
  return bare.slice(0, bare.length - suffix.length);
};

const stemEnglish = (word: string): string => {
  if (word.length <= STEM_MIN) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
};

/** The stem of a normalised word. */
export const stem = (word: string): string => (ARABIC.test(word) ? stemArabic(word) : stemEnglish(word));

/** A conjunction or preposition that Arabic writes together with its word: `ومكتب`, `بعجلات`, `لكرسي`. */
export const withoutParticle = (word: string): string | null =>
  /^[وبلف][\u0620-\u06ff]{3,}$/.test(word) ? word.slice(1) : null;

const FILLER = new Set(
  `a an the and or of for to in on at with without by from is are am be do does did have has you your we our us i my me it
  its this that these those can could would will shall please need want looking look show give send tell get any some all
  how what which who when about as so if there here not no yes hi hello dear thanks thank like just also more
  في من على الى عن مع هل ما ماذا كم انا نحن انت هذا هذه ذلك التي الذي او ثم لو سمحت اريد ابغي ابي ابغ نبي محتاج نحتاج احتاج
  عندكم عندك لديكم يوجد هناك ممكن شكرا السلام عليكم مرحبا كيف شو وش ايش بدي عايز اي كل`
    .split(/\s+/)
    .map((word) => stem(normaliseText(word))),
);

/** Words that say nothing about what is looked for. Takes a stem. */
export const isFiller = (stemmed: string): boolean => FILLER.has(stemmed);
