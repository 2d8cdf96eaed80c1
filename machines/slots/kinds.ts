/** What a short piece of text looks like: a person, a company, someone who buys for themselves. */
import { fold } from '../language/fold.ts';
import { words } from '../language/words.ts';

const MAX_NAME_WORDS = 4;
const MAX_COMPANY_CHARS = 80;

const COMPANY_FORM = words(
  'llc|l\\.l\\.c\\.?|fze|fzco|fz-?llc|ltd|limited|inc|group|company|co\\.|trading|holdings?|clinic|school|hotel|bank|studio|consult\\w{0,6}|services|solutions|contracting|est\\.?|establishment|restaurant|cafe|university|hospital|real estate|properties|technologies|systems|industries|enterprises|agency|interiors?|design|architects?|logistics|foods?|academy|cent(?:er|re)|international|general trading|pjsc|corp\\.?|gmbh',
  [
    'شركة',
    'مؤسسة',
    'مجموعة',
    'للتجارة',
    'تجارة',
    'ش\\.ذ\\.م\\.م',
    'ذ م م',
    'عيادة',
    'مدرسة',
    'فندق',
    'بنك',
    'مطعم',
    'مستشفى',
    'جامعة',
    'استشارات',
    'مقاولات',
    'عقارات',
  ],
);
const INDIVIDUAL = words(
  "^individual(?: (?:buyer|customer|purchase))?$|(?:as|am|i'm|we're) an individual(?! \\p{L}+ (?:desk|chair))|private (?:person|individual|buyer)|(?:for |my )?personal use|for my(?:self| own home| home| house| own use)|^no company|(?:there is|have|with) no company|not a company|without (?:a )?company|i don'?t have a company|home use|just (?:for )?me",
  [
    'فرد',
    'للاستخدام الشخصي',
    'استخدام شخصي',
    '=شخصي',
    'بدون شركة',
    '=ما عندي شركة',
    '=ليس لدي شركة',
    'للبيت',
    'لبيتي',
    'للمنزل',
    'لمنزلي',
    'بصفة شخصية',
  ],
);
/** What stands where a name is expected and is none. */
const NOT_A_NAME = words(
  "yes|no|ok|okay|sure|please|thanks?|thank you|hello|hi|hey|good|great|fine|price|chairs?|desks?|tables?|sofas?|cabinets?|office|furniture|delivery|quote|quotation|need|want|looking|interested|how|what|when|where|which|why|black|white|grey|gray|later|wait|sorry|stop|cancel|nothing|none|same|the|this|that|it|is|are|do|does|can|could|would|will|have|for|with|without|send|show|give|any|more|less|only|not|don'?t|today|tomorrow|skip|catalog(?:ue)?|compare|first|second|third|one|two|three|four|five|both|actually|rather|prefer|instead|take|buy|order|cheaper|them|these|those|me|we|you|your|pieces?|then",
  [
    '=نعم',
    '=لا',
    '=اوكي',
    'تمام',
    'شكرا',
    'مرحبا',
    '=السلام عليكم',
    'سعر',
    'كرسي',
    'كراسي',
    'مكتب',
    'طاولة',
    'اثاث',
    'توصيل',
    'عرض',
    'اريد',
    'ابغى',
    'احتاج',
    '=كم',
    '=ما',
    '=متى',
    '=وين',
    '=هل',
    '=ليش',
    'اسود',
    'ابيض',
    'بعدين',
    'لاحقا',
    'قارن',
    'الاول',
    'الثاني',
    '=اثنين',
    '=كلاهما',
    'ارخص',
  ],
);
/** Words that are surnames and given names too: with capitals and not alone they are taken for one. */
const ALSO_A_NAME = /(?<!\p{L})(?:Will|Black|White|Gr[ae]y|Price|Hope|Fine|Good)(?!\p{L})/gu;

/** "LLC", "Trading", "شركة": a firm's name, whatever was asked. */
export const namesACompany = (text: string): boolean =>
  text.length <= MAX_COMPANY_CHARS && COMPANY_FORM.test(fold(text));

/** Said of oneself, never read out of a product's words (lesson F-05): pass what the customer wrote about themselves. */
export const saysIndividual = (text: string): boolean => INDIVIDUAL.test(fold(text).trim());

/** One to four words of letters that are no furniture and no answer. */
export const looksLikeName = (text: string): boolean => {
  const plain = text.trim().replace(/(?<![.!،,])[.!،,]+$/, '');
  const count = plain.split(/\s+/).length;
  return count <= MAX_NAME_WORDS && /^[\p{L}][\p{L}\p{M}'’ .-]{1,59}$/u.test(plain) && !saysNoName(plain);
};

/**
 * Whether words hold what no name holds: "compare the first two", said after the name was asked for, is a wish. "Will Smith"
 * and "Grace White" are people (lesson F-05).
 */
export const saysNoName = (text: string): boolean => {
  const named = text.trim().split(/\s+/);
  const capitals = named.length > 1 && named.every((word) => /^\p{Lu}/u.test(word));
  return NOT_A_NAME.test(fold(capitals ? text.replace(ALSO_A_NAME, ' ') : text));
};

/** A firm's name as a bare answer: short, with a letter, and no sentence. */
export const looksLikeCompany = (text: string): boolean => {
  const plain = text.trim().replace(/(?<![.!،])[.!،]+$/, '');
  if (plain.length < 2 || plain.length > MAX_COMPANY_CHARS || !/\p{L}/u.test(plain) || /[?؟@]/.test(plain))
    return false;
  if (namesACompany(plain)) return true;
  return plain.split(/\s+/).length <= 5 && !NOT_A_NAME.test(fold(plain));
};
