/**
 * Why a manager's answer must not become an article as it is (domain 21.6, lesson F-31: "tomorrow to your tower" was
 * published). Doubts are shown to the administrator, who decides; nothing publishes itself.
 */
import { findAmounts } from '../money/money.ts';

export type Doubt = 'date' | 'place' | 'offer' | 'customer' | 'call_back' | 'absolute' | 'too_short';

/** A rule and the words by which it is recognised. Patterns are plain alternations: no backtracking to speak of. */
const SIGNS: readonly (readonly [Doubt, RegExp])[] = [
  [
    'date',
    /\b(?:today|tomorrow|tonight|yesterday|this week|next week|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}[/.]\d{1,2}|(?:january|february|march|april|june|july|august|september|october|november|december))\b|(?:اليوم|غدا|غدًا|بكرة|أمس|الأسبوع)/iu,
  ],
  [
    'place',
    /\b(?:tower|villa|street|st\.|building|floor|apartment|flat|your (?:office|home|address|site))\b|(?:برج|فيلا|شارع|مبنى|الطابق|شقة|مكتبك|عنوانك)/iu,
  ],
  ['offer', /\b(?:discount|special price|for you only|offer)\b|[%٪]|(?:خصم|عرض خاص|سعر خاص)/iu],
  ['customer', /\b(?:mr|mrs|ms|dear|your order|your quotation|as we discussed)\b|(?:السيد|طلبك|عرض سعرك)/iu],
  [
    'call_back',
    /\b(?:call you|get back|will contact|will check|let you know)\b|(?:سأتصل|سنتصل|سنتواصل|سأتحقق)/iu,
  ],
  [
    'absolute',
    /\b(?:always|never|guarantee\w*|certified|medical|orthopa?edic|100)\b|(?:دائما|دائمًا|أبدا|أبدًا|نضمن|مضمون|طبي)/iu,
  ],
];

/** Shorter answers ("yes", "ok, done") mean nothing without their question. */
const MIN_CHARS = 20;

/** Everything that speaks against publishing `answer` as it stands; empty: nothing was found. */
export const doubtsAbout = (answer: string): readonly Doubt[] => {
  const found = SIGNS.filter(([, sign]) => sign.test(answer)).map(([doubt]) => doubt);
  if (findAmounts(answer).length > 0 && !found.includes('offer')) found.push('offer');
  if (answer.trim().length < MIN_CHARS) found.push('too_short');
  return found;
};
