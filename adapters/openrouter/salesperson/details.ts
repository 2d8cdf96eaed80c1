/**
 * Details for a quotation in the forms customers give them in: one a line, between slashes or commas, in any order
 * (domain 9.3). Only what our last reply asked for is read from bare words (lesson F-05). Pure.
 */
import type { Facts } from './customer-facts.ts';

export type Piece = 'name' | 'company' | 'address' | 'email';

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;
const ADDRESS =
  /\d|\b(?:tower|street|st|road|rd|floor|office|building|bldg|villa|warehouse|plot|block|area|district|bay|marina|jlt|difc|jvc|deira|barsha|quoz|mall|park|zone|near|behind|opposite)\b|(?:شارع|برج|مبن[ىي]|بناي[هة]|طابق|فيلا|مستودع|منطق[هة]|قطع[هة]|الخليج التجاري|مارينا|ديره|ديرة|البرشاء|القوز)/iu;
const COMPANY_FORM =
  /\b(?:LLC|L\.L\.C|FZE|FZCO|FZ-LLC|DMCC|Ltd|Limited|Inc|Group|Company|Co|Trading|Holding|Clinic|School|Hotel|Bank|Studio|Consult\w*|Technologies|Solutions|Services|Contracting)\b|(?:شرك[هة]|مؤسس[هة]|مجموع[هة]|عياد[هة]|مدرس[هة]|فندق)/iu;
const INDIVIDUAL =
  /\b(?:individual|personal(?:ly)?|private|for (?:my|our) (?:home|house)|no company|myself)\b|(?:فرد|شخصي|للبيت|بدون شرك)/iu;
const PERSON = /^\p{L}[\p{L}\p{M}'’. -]{1,50}$/u;
const LABEL =
  /^(?:my |the |our |delivery )?(?:name|company|e-?mail|address|location|الاسم|اسمي|الشركة|شركة|البريد|الايميل|الإيميل|العنوان|عنوان التوصيل)\s*(?:is\b|:|：|-|هو)\s*/iu;
const SMALL = /^(?:yes|no|ok|okay|sure|thanks|thank you|please|hi|hello|نعم|لا|تمام|شكرا|طيب)\b/iu;

const pieces = (said: string): readonly string[] => {
  const lines = said.split(/\n+| \/ |；|;/).map((part) => part.trim());
  // A single line may hold everything between commas; an address keeps its own commas when it stands alone.
  const parts = lines.length === 1 && EMAIL.test(said) ? said.split(/[,،]/) : lines;
  return parts.map((part) => part.trim().replace(/[.,،;]+$/, '')).filter((part) => part !== '');
};

/** What bare words answer of the pieces that were asked for; words that say what they are win elsewhere. */
export const detailsIn = (said: string, asked: ReadonlySet<Piece>, known: Facts): Facts => {
  if (asked.size === 0 || /[?؟]/.test(said)) return {};
  const found: Record<string, string | boolean> = {};
  const open = (piece: Piece): boolean =>
    asked.has(piece) && known[piece] === undefined && found[piece] === undefined;
  const address: string[] = [];
  for (const raw of pieces(said)) {
    const part = raw.replace(LABEL, '').trim();
    if (part === '' || SMALL.test(part) || EMAIL.test(part)) continue;
    if (asked.has('company') && INDIVIDUAL.test(part)) found.individual = true;
    else if (open('company') && COMPANY_FORM.test(part) && part.length <= 80) found.company = part;
    else if (asked.has('address') && known.address === undefined && ADDRESS.test(part)) address.push(part);
    else if (open('name') && PERSON.test(part) && part.split(/\s+/).length <= 4) found.name = part;
    else if (open('company') && found.individual === undefined && part.length <= 80) found.company = part;
    else if (asked.has('address') && known.address === undefined && address.length > 0) address.push(part);
  }
  if (address.length > 0) found.address = address.join(', ').slice(0, 200);
  return found;
};
