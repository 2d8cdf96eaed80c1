/** What customers say about themselves: only what they said, nothing guessed (lesson F-05). Pure. */
import { shortlyIn } from './shortly.ts';
import { fold, sentences } from './text.ts';

export type Facts = Readonly<Record<string, string | boolean>>;

const NAME_STATED = /(?:my name is|my name's|name is)\s+([\p{L}'-]+)/iu;
const NAME_EN =
  /(?:my name is|name is|this is|i am|i'm|im|myself)\s+((?:\p{Lu}[\p{L}'-]+)(?:\s+(?:bin|al|el|van|de|\p{Lu}[\p{L}'-]+)){0,2})/iu;
const NAME_AR = /(?:اسمي|إسمي|معك|معاك|أنا اسمي)\s+(\p{Script=Arabic}+(?:\s+\p{Script=Arabic}+)?)/u;
/** "Salem from Al Waha Trading", "سالم من شركة الواحة": who writes, and for whom. */
const NAME_OF_COMPANY =
  /^(?:\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)?(?= from \p{Lu})|\p{Script=Arabic}{2,}(?: \p{Script=Arabic}{2,})?(?= من (?:شركة|شركه|مؤسسة|مجموعة) ))/u;
const COMPANY_EN =
  /(?:my|our|the) company(?:'s name)? (?:is|name is)\s+([^\n,.;!?]{2,60})|\b(?:i work|we work|working) (?:for|at)\s+([^\n,.;!?]{2,60})/iu;
const COMPANY_FORM =
  /(?:[Ff]rom|[Ww]e are|[Ww]e're|[Tt]his is|at)\s+((?:\p{Lu}[\p{L}\p{N}&'.-]*\s){1,5}(?:LLC|L\.L\.C|FZE|FZCO|FZ-LLC|Ltd|Limited|Inc|Group|Company|Co|Trading|Holding|Clinic|School|Hotel|Bank|Studio|Consult\w*))(?!\p{L})/u;
const COMPANY_AR =
  /(?:شركتي|شركتنا|اسم الشركة|من شركة|نحن شركة)\s{0,3}(?:هي|هو|:|اسمها)?\s{1,3}([^\n،,.؛!؟]{2,60})/u;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/;
const INDIVIDUAL =
  /\b(?:as an individual|i am an individual|i'm an individual|private person|for my (?:own )?home|personal use|no company)\b/i;
const INDIVIDUAL_AR = /(?:للاستخدام الشخصي|شخصي|فرد|بدون شركة|للبيت)/u;
const LABELLED =
  /^\s*(name|company|e-?mail|address|position|business|الاسم|الشركة|البريد|العنوان)\s*[:：-]\s*(.+?)\s*$/gimu;

/** What follows "I am" and is no name. */
const NOT_A_NAME =
  /^(?:looking|interested|from|in|at|the|a|an|not|just|here|sorry|sure|fine|good|ok|okay|trying|planning|opening|furnishing|setting|moving|searching|asking|calling|writing|waiting|happy|angry|very|so|urgent|regarding|about|for|your|our|my|bin|al|it|going|afraid|buying|ready|thinking|confused|done|too|also|still|back|new)\b/i;

/** "We want chairs from the company …" begins with no name. */
const WISH_AR =
  /^(?:نحن|انا|هذا|هذه|نريد|اريد|نحتاج|احتاج|ابغي|نبي|عرض|طلب|رساله|اتواصل|اكتب|مرحبا|السلام|اهلا)/u;

const LABELS: Readonly<Record<string, string>> = {
  name: 'name',
  company: 'company',
  email: 'email',
  'e-mail': 'email',
  address: 'address',
  position: 'position',
  business: 'business',
  الاسم: 'name',
  الشركة: 'company',
  البريد: 'email',
  العنوان: 'address',
};

const tidy = (value: string): string =>
  value
    .trim()
    .replace(/(?<![.,;،؛!])[.,;،؛!]+$/, '')
    .slice(0, 120);

/** `asked`: which personal question our last reply put, so that a bare answer can be understood. */
export const factsIn = (said: string, asked: 'name' | 'company' | null): Facts => {
  const facts: Record<string, string | boolean> = {};
  const name = nameIn(said);
  if (name) facts.name = name;
  const company = COMPANY_EN.exec(said) ?? COMPANY_FORM.exec(said) ?? COMPANY_AR.exec(said);
  const firm = company?.slice(1).find(Boolean);
  if (firm) facts.company = tidy(firm);
  const email = EMAIL.exec(said)?.[0];
  if (email) facts.email = tidy(email);
  if (INDIVIDUAL.test(said) || (asked === 'company' && INDIVIDUAL_AR.test(said))) facts.individual = true;
  for (const [, label = '', value = ''] of said.matchAll(LABELLED)) {
    const slot = LABELS[label.toLowerCase()];
    if (slot) facts[slot] = tidy(value);
  }
  if (Object.keys(facts).length === 0 && asked) {
    const bare = bareAnswer(said);
    if (bare) facts[asked] = bare;
  }
  return facts;
};

const nameIn = (said: string): string | null => {
  for (const sentence of sentences(said)) {
    const english = NAME_EN.exec(sentence)?.[1];
    // The pattern ignores case to catch "My Name Is"; a name itself is written with a capital.
    if (english && /^\p{Lu}/u.test(english) && !NOT_A_NAME.test(english)) return tidy(capitalised(english));
    const stated = NAME_STATED.exec(sentence)?.[1];
    if (stated && /^\p{Ll}/u.test(stated) && !NOT_A_NAME.test(stated)) {
      return stated.charAt(0).toUpperCase() + stated.slice(1);
    }
    const named = NAME_OF_COMPANY.exec(sentence)?.[0];
    if (named && !NOT_A_NAME.test(named) && !WISH_AR.test(fold(named))) return tidy(named);
    const arabic = NAME_AR.exec(sentence)?.[1];
    if (arabic) return tidy(arabic.replace(/(?<!\s)\s+(?:من|و\p{L}+|أريد|اريد|أحتاج|ابغى)(?:\s.*)?$/u, ''));
  }
  return null;
};

/** Cuts "Alex and" or "Alex from Acme" back to the words that begin with a capital. */
const capitalised = (name: string): string => {
  const words = name.split(/\s+/);
  const end = words.findIndex((word) => !/^(?:\p{Lu}|bin$|al$|el$|van$|de$)/u.test(word));
  return (end === -1 ? words : words.slice(0, end)).join(' ');
};

/** One to four words without digits or a question: the answer to a question just put (lesson F-01). */
const bareAnswer = (said: string): string | null => {
  if (Object.values(shortlyIn(said)).some(Boolean)) return null;
  const text = said.trim().replace(/(?<![.!،])[.!،]+$/, '');
  const words = text.split(/\s+/);
  const plain = words.length <= 4 && /^[\p{L}\p{M}&' .-]{2,60}$/u.test(text);
  return plain && !SMALL_WORDS.test(fold(text)) && !WISHES.test(fold(text)) ? text : null;
};

/** "Compare the first two", "show me cheaper ones": a wish put instead of an answer. */
const WISHES =
  /(?<!\p{L})(?:compare|first|second|third|ones?|two|three|both|show|me|you|we|them|these|those|cheaper|rather|prefer|actually|take|buy|order|want|need|have|send|pieces?|then|the|قارن\p{L}*|الاولي?|الثانيه?|اثنين|كلاهما|ارخص|اريد|ابغي|نبي|نريد)(?!\p{L})/u;

const SMALL_WORDS =
  /^(?:yes|no|ok(?:ay)?|sure|hi|hello|hey|thanks?(?: you)?|good (?:morning|afternoon|evening)|why|what|stop|later|bye|please|great|fine|نعم|لا|شكرا|مرحبا|اهلا|السلام عليكم|تمام|طيب|اوك|مع السلامه)(?!\p{L})|(?:quot(?:e|ation)|chair|desk|table|sofa|cabinet|delivery|price|warranty|showroom|كرسي|كراسي|مكتب|طاول|خزان|توصيل|سعر|ضمان|معرض)/u;
