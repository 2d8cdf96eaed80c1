/** Whether words are a place that a lorry can find (domain 9.2, lesson F-05). */
import { ADDRESS as LINK_OR_EMAIL } from '../language/addresses.ts';
import { fold } from '../language/fold.ts';
import { words } from '../language/words.ts';
import { PLACE } from './places.ts';

/** Longer than any address. */
const MAX_ADDRESS_CHARS = 300;
/** Domain 9.2: two or more meaningful words, or a number beside at least one. */
const MEANINGFUL_WORDS_MIN = 2;

/** Words that say nothing about where. */
const FILLERS = new Set(
  fold(
    `a an the in at on to of for from near by and or my our your is it its please pls address location delivery deliver
    ship send city town country emirate state area main office offices here there same whatsapp am are we i us me you
    will would be as well only just now yes ok thanks thank
    في من الى على عند قرب هو هي عنوان العنوان عنواني عنواننا موقع الموقع التوصيل توصيل مدينة امارة دولة منطقة المكتب مكتب
    مكتبي مكتبنا الى لو سمحت من فضلك شكرا نعم`,
  ).split(/\s+/),
);
/** What stands where an address is expected and is none. */
const NOT_AN_ADDRESS = words(
  "later|not sure|don'?t know|do not know|no idea|not yet|will (?:send|share|let you know|confirm|tell)|pick ?up|collect (?:it|them)|self[- ]collection|to be (?:confirmed|advised)|tbc|tba|how much|how many|price|cost|quantity|qty|pcs|pieces?|chairs?|desks?|tables?|sofas?|cabinets?|stock|discount|delivery (?:time|charge|cost)|quotation|aed|dirhams?",
  [
    'لاحقا',
    'بعدين',
    '=ما اعرف',
    '=لا اعرف',
    'سارسل',
    'بارسل',
    'استلام',
    'كم',
    'سعر',
    'كمية',
    'قطعة',
    'كرسي',
    'كراسي',
    'طاولة',
    'خصم',
    'درهم',
  ],
);
const ADDRESS_WORD = words(
  'street|st|road|rd|tower|building|bldg|villa|flat|apartment|apt|floor|warehouse|shop|mall|plaza|block|plot|unit|suite|p\\.?o\\.? ?box|industrial|freezone|free zone|district|community|residence|center|centre|park',
  [
    'شارع',
    'برج',
    'بناية',
    'مبنى',
    'فيلا',
    'شقة',
    'طابق',
    'مستودع',
    'محل',
    'مول',
    'مجمع',
    'قطعة ارض',
    'حي',
    'صناعية',
  ],
);
const PHONE = /^[+\d\s()-]{7,}$/;

/**
 * "Dubai", "UAE", "the office in Sharjah" are no address; "Office 5, Marina Plaza, Dubai" and "شارع الشيخ زايد برج 5" are.
 * Quantities, prices, e-mails, phones and promises to tell later are refused too.
 */
export const isSpecificAddress = (text: string): boolean => {
  const folded = fold(text).trim();
  if (folded === '' || folded.length > MAX_ADDRESS_CHARS || PHONE.test(folded) || /\?|؟/.test(folded))
    return false;
  if (new RegExp(LINK_OR_EMAIL.source, 'i').test(folded)) return false;
  if (NOT_AN_ADDRESS.test(folded) && !ADDRESS_WORD.test(folded)) return false;
  const rest = folded.replace(PLACE, ' ');
  const meaningful = (rest.match(/[\p{L}\p{N}']+/gu) ?? []).filter((word) => !FILLERS.has(word));
  const letters = meaningful.filter((word) => /\p{L}/u.test(word));
  const named = meaningful.some((word) => /\p{N}/u.test(word)) && ADDRESS_WORD.test(folded);
  const numbered =
    meaningful.some((word) => /\p{N}/u.test(word)) &&
    (letters.length > 0 || /\p{L}\p{N}|\p{N}\p{L}/u.test(rest));
  return named || numbered || letters.length >= MEANINGFUL_WORDS_MIN;
};

/** Whether the words speak of a street, a tower, a floor: an address even when nobody asked for one. */
export const namesAnAddress = (text: string): boolean =>
  ADDRESS_WORD.test(fold(text)) && isSpecificAddress(text);
