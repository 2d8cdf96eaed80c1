/**
 * Whether a message, as a whole, asks for silence (domain 20.1). Recognised by code, so that a STOP works when no model
 * can be asked. Only whole messages count: "stop by the showroom" and "cancel the blue one" are talk for the model, which
 * has the tool `opt_out` for everything said at length.
 */
import { toAsciiDigits } from '../language/digits.ts';

/** Longer messages hold more than the wish: the model reads them. */
const MAX_WORDS = 14;

const POLITE_EN =
  '(?:please|pls|plz|kindly|thanks|thank you|thx|now|immediately|hi|hello|guys|ok|okay|no thanks|sorry|and|so|i said|again)';
const ME = '(?:me|us|my number|this number|here)';
const WRITING =
  '(?:messages?|messaging|texts?|texting|contact(?:ing)?|writ(?:e|ing)|send(?:ing)?|spam(?:ming)?|disturb(?:ing)?|bother(?:ing)?|follow(?:ing)?[- ]?ups?|promotions?|marketing|whatsapps?)';
const REST = `(?: (?:to |for )?${ME})?(?: (?:any|more|these|such|further|your|more of these))*(?: (?:messages?|texts?|promotions?|marketing|offers?|follow[- ]?ups?|stuff|spam))?(?: (?:to|for) ${ME})?(?: (?:anymore|any more|again|ever|at all|ever again|on whatsapp|on this number))*`;

const ENGLISH: readonly RegExp[] = [
  /^(?:stop|stopall|stop all|unsubscribe|un-subscribe|unsub|opt ?-?out|optout|remove me|delete me|end messages)$/,
  new RegExp(`^(?:stop|quit|cease) (?:all )?${WRITING}${REST}$`),
  new RegExp(
    `^(?:do not|dont|don't|never|no longer|you may not|i do not want you to|i don't want you to) (?:ever )?${WRITING}${REST}$`,
  ),
  /^(?:i |we )?(?:do not|dont|don't|no longer|never) (?:want|wish|need|like) (?:to (?:receive|get|have) )?(?:any )?(?:more )?(?:of )?(?:your |these |such |those )?(?:messages?|texts?|promotions?|marketing|follow[- ]?ups?|spam)(?: (?:from you|anymore|any more|again|at all))*$/,
  new RegExp(`^no more (?:${WRITING})(?: (?:from you|anymore|again))*$`),
  /^(?:i want to |i would like to |i'd like to |let me )?(?:unsubscribe|opt out)(?: me)?(?: (?:from|of) .{1,40})?$/,
  /^(?:unsubscribe|remove|delete|take) (?:me|us|my number|this number|my contact)(?: off| out)? ?(?:from|of)? ?(?:your|the|this|all)? ?(?:list|lists|contacts|contact list|mailing list|database|system|broadcast|group)?$/,
  /^leave (?:me|us) alone$/,
];

const POLITE_AR =
  '(?:من فضلك|لو سمحت|لو سمحتم|رجاء|رجاءا|الرجاء|ارجوك|ارجوكم|شكرا|خلاص|يا اخي|الان|حالا|مره ثانيه|ابدا|نهائيا|بعد الان|بعد اليوم|مجددا)';
const AR_ME = '(?:لي|لنا|علي|معي|معنا|على هذا الرقم|على رقمي|لرقمي|لهذا الرقم)';
const AR_MESSAGES =
  '(?:رسائل|رساله|الرسائل|رسائلكم|رسايل|الرسايل|مسجات|المسجات|اعلانات|الاعلانات|عروض|شي|شيء|اي شي|اي شيء|اي رسائل|المزيد|المراسله|المراسلات|الارسال|ارسال|الازعاج)';

const ARABIC: readonly RegExp[] = [
  /^(?:توقف|توقفوا|ايقاف|ايقاف الرسائل|اوقف|اوقفوا|وقف|وقفوا|قف|ستوب|الغاء الاشتراك|الغ الاشتراك|الغي الاشتراك|الغوا الاشتراك|الغاء اشتراكي|احذفني|احذفوني|شيلني|شيلوني|ازالتي|لا تراسلني|لا تراسلوني|لا تزعجني|لا تزعجوني|اتركني|اتركوني|فكوني|اتركوني وشاني)$/,
  new RegExp(
    `^(?:توقف|توقفوا|اوقف|اوقفوا|وقف|وقفوا|كفايه|بس|يكفي) (?:عن )?(?:ارسال )?${AR_MESSAGES}(?: ${AR_ME})?$`,
  ),
  new RegExp(
    `^(?:لا|ما|بلا|مو|لا عاد|ما عاد) (?:ترسل|ترسلي|ترسلوا|ترسلون|ترسلولي|ترسلي لي|ترسللي|تبعث|تبعثوا|تبعثي|تبعتوا|تبعتلي|تكتب|تكتبوا|تكتبون|تتواصل|تتواصلوا|تتواصلون|تتصل|تتصلوا|تدز|تدزون)(?: ${AR_ME})?(?: ${AR_MESSAGES})?(?: ${AR_ME})?$`,
  ),
  new RegExp(
    `^(?:لا|ما|مو|لم اعد) (?:اريد|ابغى|ابغي|ابي|بدي|عايز|ارغب|ارغب في|احتاج|اود)(?: (?:استلام|تلقي|استقبال|منكم|منك|ان))?(?: (?:تراسلوني|ترسلوا|تتواصلوا))? ?(?:${AR_MESSAGES})?(?: (?:منكم|منك|${AR_ME}))?$`,
  ),
  /^(?:احذف|احذفوا|امسح|امسحوا|شيل|شيلوا|ازل|ازيلوا) (?:رقمي|الرقم|هذا الرقم|اسمي)(?: (?:من (?:القائمه|قائمتكم|عندكم|القوائم|النظام)))?$/,
];

/** One spelling for each letter that Arabic keyboards and habits vary; marks and stretching go. */
const foldArabic = (text: string): string =>
  text
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى(?=\s|$)/g, 'ي')
    .replace(/ة(?=\s|$)/g, 'ه');

const plain = (text: string): string =>
  foldArabic(toAsciiDigits(text).normalize('NFKC').toLowerCase())
    .replace(/[’‘`´]/g, "'")
    .replace(/[^\p{L}\p{M}\p{N}'\- ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const POLITE = new RegExp(`^${POLITE_EN} | ${POLITE_EN}$|^${POLITE_AR} | ${POLITE_AR}$`);

/** Courtesies around a wish do not change it; each pass takes one away. */
const withoutCourtesy = (text: string): string => {
  let rest = text;
  for (let pass = 0; pass < MAX_WORDS; pass++) {
    const next = rest.replace(POLITE, '').trim();
    if (next === rest) break;
    rest = next;
  }
  return rest;
};

/** The wish without its object, "I do not want", is an answer to something else. */
const BARE_AR =
  /^(?:لا|ما|مو|لم اعد) (?:اريد|ابغى|ابغي|ابي|بدي|عايز|ارغب|ارغب في|احتاج|اود)(?: (?:منكم|منك))?$/;

/** True for STOP, "unsubscribe", "please don't message me anymore", «لا ترسل لي رسائل» and their like. */
export const asksToStop = (text: string): boolean => {
  // One line only: a wish at the end of a long message is the model's to weigh.
  if (text.length > 200) return false;
  const words = plain(text);
  if (words === '' || words.split(' ').length > MAX_WORDS) return false;
  const wish = withoutCourtesy(words);
  if (BARE_AR.test(wish)) return false;
  return ENGLISH.some((pattern) => pattern.test(wish)) || ARABIC.some((pattern) => pattern.test(wish));
};
