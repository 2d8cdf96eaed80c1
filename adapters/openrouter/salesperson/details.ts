/**
 * Details for a quotation in the forms customers give them in: one a line, between slashes or commas, in any order
 * (domain 9.3). Only what our last reply asked for is read from bare words (lesson F-05). Pure.
 */
import type { Facts } from './customer-facts.ts';
import { findSkus } from './items.ts';
import { hasArabic } from './text.ts';

export const PIECES = ['name', 'company', 'address', 'email'] as const;
export type Piece = (typeof PIECES)[number];

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/;
const ADDRESS =
  /\p{N}|\b(?:tower|street|st|road|rd|floor|office|building|bldg|villa|warehouse|plot|block|area|district|bay|marina|jlt|difc|jvc|deira|barsha|quoz|mall|park|zone|near|behind|opposite)\b|(?:شارع|برج|مبن[ىي]|بناي[هة]|طابق|فيلا|مستودع|منطق[هة]|قطع[هة]|الخليج التجاري|مارينا|ديره|ديرة|البرشاء|القوز)/iu;
const COMPANY_FORM =
  /\b(?:LLC|L\.L\.C|FZE|FZCO|FZ-LLC|DMCC|Ltd|Limited|Inc|Group|Company|Co|Trading|Holding|Clinic|School|Hotel|Bank|Studio|Consult\w*|Technologies|Solutions|Services|Contracting)\b|(?:شرك[هة]|مؤسس[هة]|مجموع[هة]|عياد[هة]|مدرس[هة]|فندق)/iu;
const INDIVIDUAL =
  /\b(?:individual|personal(?:ly)?|private|for (?:my|our) (?:home|house)|no company|myself)\b|(?:فرد|شخصي|للبيت|بدون شرك)/iu;
const PERSON = /^\p{L}[\p{L}\p{M}'’. -]{1,50}$/u;
const LABEL =
  /^(?:my |the |our |delivery )?(?:name|company|e-?mail|address|location|الاسم|اسمي|الشركة|شركة|البريد|الايميل|الإيميل|العنوان|عنوان التوصيل)\s*(?:is\b|:|：|-|هو)\s*/iu;
const SMALL = /^(?:yes|no|ok|okay|sure|thanks|thank you|please|hi|hello|نعم|لا|تمام|شكرا|طيب)(?![\p{L}])/iu;

/** Whether a text that was not asked for details holds them all the same: a company or an e-mail is unmistakable. */
export const givesDetails = (said: string): boolean => COMPANY_FORM.test(said) || EMAIL.test(said);

interface Part {
  readonly text: string;
  readonly isAddress: boolean;
}

/** Lines, and what stands between slashes and commas; from its first word on, an address keeps its own commas. */
const partsOf = (said: string): readonly Part[] =>
  said.split(/\n+| \/ |；|;/).flatMap((line) => {
    const texts = line
      .split(/[,،]/)
      .map((text) =>
        text
          .replace(LABEL, '')
          .trim()
          .replace(/(?<![.؛;])[.؛;]+$/, ''),
      )
      .filter(
        (text) =>
          text !== '' && !SMALL.test(text) && !EMAIL.test(text) && !WISH.test(text) && !isArticle(text),
      );
    const begins = texts.findIndex((text) => ADDRESS.test(text) && !COMPANY_FORM.test(text));
    if (begins === -1) return texts.map((text) => ({ text, isAddress: false }));
    const comma = hasArabic(line) ? '، ' : ', ';
    return [
      ...texts.slice(0, begins).map((text) => ({ text, isAddress: false })),
      { text: texts.slice(begins).join(comma), isAddress: true },
    ];
  });

const PLACE =
  /\p{L}*(?:tower|street|road|floor|office|building|villa|warehouse|plot|block|bay|marina|park|شارع|برج|مبن|طابق|فيلا)/iu;

/** "3 x CH-720-BLK and DK-1600" is an order, whatever was asked for. */
const isArticle = (text: string): boolean => findSkus(text).length > 0 && !PLACE.test(text);

/** The wish itself, said again, answers no question about the customer. */
const WISH = /\bquot(?:e|es|ation|ations)\b|عرض (?:ال)?(?:سعر|أسعار|اسعار)/iu;

/** What bare words answer of the pieces that were asked for; words that say what they are win elsewhere. */
export const detailsIn = (said: string, asked: ReadonlySet<Piece>, known: Facts): Facts => {
  if (asked.size === 0 || /[?؟]/.test(said)) return {};
  const found: Record<string, string | boolean> = {};
  const open = (piece: Piece): boolean =>
    asked.has(piece) && known[piece] === undefined && found[piece] === undefined;
  const parts = partsOf(said);
  // Beside a name that can only be a company's, a person's is a person's, asked for or not.
  const hasCompany = parts.some(({ text, isAddress }) => !isAddress && COMPANY_FORM.test(text));
  for (const { text, isAddress } of parts) {
    if (asked.has('company') && INDIVIDUAL.test(text)) found.individual = true;
    else if (isAddress) {
      if (open('address')) found.address = text.slice(0, MAX_CHARS);
    } else if (open('company') && COMPANY_FORM.test(text) && text.length <= MAX_NAME_CHARS)
      found.company = text;
    else if (
      (open('name') || (hasCompany && asked.has('company') && known.name === undefined && !found.name)) &&
      PERSON.test(text) &&
      !COMPANY_FORM.test(text) &&
      text.split(/\s+/).length <= 4
    )
      found.name = text;
    else if (open('company') && found.individual === undefined && text.length <= MAX_NAME_CHARS)
      found.company = text;
    else if (open('address') && WIDE_PLACE.test(text)) found.address = text;
  }
  return found;
};

const MAX_CHARS = 200;
const MAX_NAME_CHARS = 80;
/** Too wide to deliver to, and still what the customer answered: the shop says that it needs more (domain 9.2). */
const WIDE_PLACE = /^(?:dubai|abu dhabi|sharjah|ajman|al ain|uae|دبي|ابوظبي|أبوظبي|الشارقة|عجمان|العين)$/i;
