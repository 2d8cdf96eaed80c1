/** What a customer wants beyond products and facts: a quotation, an order's state, photos, silence. Pure. */
import { REPEATS } from './lexicon.ts';
import { shortlyIn } from './shortly.ts';
import { fold, pattern } from './text.ts';

export interface Wishes {
  /** About a quotation that is not made yet. */
  readonly quote: 'asks' | 'declines' | 'later' | null;
  /** About the quotation that was sent. */
  readonly answer: 'accepted' | 'rejected' | 'too_expensive' | null;
  /** The order's number when one is named; empty when not. */
  readonly orderStatus: string | null;
  readonly photos: boolean;
  readonly silence: boolean;
  /** In how long to write again: an ISO duration of whole days. */
  readonly nextContact: string | null;
  readonly leaves: boolean;
  /** A friend's code, as written. */
  readonly usesCode: string | null;
  /** A code for a friend is asked for. */
  readonly wantsCode: boolean;
}

const QUOTE = pattern(
  /\b(quote|quotation|quotations|proforma|price offer|formal offer|written offer|send me (an|the|your) offer)\b/,
  ['عرض سعر', 'عرض أسعار', 'عرض السعر', 'تسعيرة', 'كوتيشن'],
);
const NO_QUOTE =
  /\b(no|not|don'?t|do not|without|skip)\b[^.!?\n]{0,25}\b(quot|proforma|offer)|(?:لا|ما|بدون|مو)[^.!؟\n]{0,20}(?:عرض|تسعير)/i;
const QUOTE_LATER =
  /\b(quot\w*|offer)\b[^.!?\n]{0,20}\b(later|not yet|another time|next week)\b|\b(later|not yet)\b[^.!?\n]{0,20}\bquot|(?:عرض|تسعير)\p{L}*[^.!؟\n]{0,20}(?:لاحقا|بعدين)/iu;
const YES =
  /^\s*(?:yes|yep|yeah|ok(?:ay)?|sure|great|perfect|fine|good|agreed|approved|confirmed|accepted|deal|go ahead|proceed|it suits(?: us| me)?|looks? good|works for (?:me|us)|we accept|i accept|i approve|we approve|نعم|ايوه|اي|تمام|موافق|موافقين|اوكي|اوك|ممتاز|مناسب|يناسبنا|يناسبني|زين|طيب|اعتمد)(?:[\s,،.!]+(?:please|thanks|thank you|it'?s? (?:fine|good|approved)|we accept|go ahead|approved|the (?:offer|quotation)(?: is approved)?|شكرا|موافق|اعتمد))*[\s.!👍]*$/iu;
const APPROVES =
  /\b(?:i|we)(?:'ll| will)? (?:accept|approve|confirm|agree (?:to|with)) (?:the|this|your|it)\b|\b(?:quotation|quote|offer) (?:is )?(?:approved|accepted|confirmed)\b|^\s*(?:ok,? |yes,? )?(?:i|we) (?:accept|approve)\b(?! (?:that|if|but))|(?:نوافق|اوافق|موافق|موافقه|موافقين|نعتمد|قبلنا|نقبل) (?:علي )?(?:هذا )?(?:ال)?عرض/iu;
const REJECTS =
  /\b(?:not interested|reject|decline|won'?t (?:buy|proceed)|will not (?:buy|proceed)|no thanks?(?: you)?|chose another|found (?:another|a better|it)|went with|cancel (?:it|the (?:quotation|offer|order)))\b|(?:غير مهتم|لا نريد|لا اريد|لا شكرا|اخترنا غير|الغ\p{L}* (?:ال)?(?:عرض|طلب))/iu;
/** Our own offer of a quotation, which a plain yes or no answers. */
const OFFERS_QUOTE = /quotation[^.!?\n]*\?|عرض سعر[^.!؟\n]*؟/i;
const ARRIVES =
  /\bwhen (?:will|does|do|is|are|can) (?:it|they|everything|the goods)\b|(?:متي (?:يصل|يوصل|توصل|تصل))/u;
const DEAR = pattern(/\b(too (expensive|high|much|pricey)|expensive|over (my|our) budget|cheaper)\b/, [
  'غالي',
  'مكلف',
  'فوق الميزانية',
  'أرخص',
]);
const ORDER_STATUS = pattern(
  /\b(where is my (order|furniture|delivery)|(status|state|progress) of (my|the|our) (order|delivery|quotation)|order status|track (my|the) order|my order|when will (my|the|our) (order|furniture) (arrive|come))\b/,
  ['حالة الطلب', 'وين طلبي', 'أين طلبي', 'متى يصل طلبي', 'طلبيتي'],
);
const ORDER_NUMBER = /\b(?:SO|TJ|INV|NOOR)-?[A-Z0-9]*\d{3,}(?:-[A-Z0-9]+)*\b/i;
const PHOTOS = pattern(
  /\b(photos?|pictures?|pics?|images?)\b.{0,25}|\bshow me (how|what) (it|they) looks?\b|\bwhat does it look like\b/,
  ['صورة', 'صور', 'صوره'],
);
/** A picture that the customer has sent is none that they ask for. */
const OWN_PICTURE =
  /\[the customer sent|\b(?:my|this|attached|sent you|here is|like (?:this|the)) \w*\s?(?:photo|picture|image)/i;
const SILENCE =
  /^\s*(?:stop|unsubscribe|opt ?out|remove me)\s*[.!]*\s*$|\b(?:stop|don'?t|do not|no more) (?:messag|writ|text|contact|send)\w*(?: (?:me|us))?(?: (?:any ?more|again|messages?))*|\bunsubscribe\b|(?:توقف\p{L}*|اوقف\p{L}*|لا ترسل\p{L}*|لا تراسل\p{L}*|الغاء الاشتراك)/iu;
const NEXT_CONTACT =
  /\b(?:contact|write|message|text|remind|ping|get back to|follow up with|check (?:in|back) with) (?:to )?(?:me|us)\b[^.!?\n]*?\b(next (?:week|month|\w+day)|tomorrow|on \w+day|in (?:a|one|two|three|\d+) (?:days?|weeks?|months?)|after [\w ]{3,20})|(?:تواصل\p{L}*|راسلن\p{L}*|ذكرن\p{L}*|كلمن\p{L}*)[^.!؟\n]*?(الاسبوع القادم|الاسبوع الجاي|بكره|غدا|بعد \p{L}+(?: \p{L}+)?|يوم \p{L}+)/iu;
const LEAVES =
  /\b(?:not interested|no longer (?:need|interested)|changed (?:my|our) mind(?:, | and )?(?:no|we don'?t)|bought (?:it )?(?:elsewhere|somewhere else)|found (?:it )?elsewhere|we bought)\b|(?:غير مهتم|لم نعد بحاجه|ما نحتاج بعد|اشترينا من)/iu;

const CODE = /\bNOOR[\s_-]{0,2}[A-Z0-9]{5}\b/i;
const WANTS_CODE = pattern(/\b(referral (code|programme|program)|refer (a|my) friend)\b/, [
  'كود إحالة',
  'رمز إحالة',
  'كود دعوة',
]);

/** Our own question after a quotation, to recognise it in the history. */
export const ASKS_IF_IT_SUITS =
  /(?:does|do) (?:it|this|(?:the|this|our) (?:offer|quotation)) suit|happy with (?:it|the (?:offer|quotation))|approve|هل يناسب|ما رأيك في العرض|هل تعتمد/i;

/** `lastReply`: our newest one, in the light of which a bare yes is understood. */
export const wishesIn = (said: string, lastReply: string, quoted: boolean): Wishes => {
  const text = fold(said);
  return {
    quote: quoteWish(said, text) ?? offerAnswer(said, lastReply, quoted),
    answer: quoted ? answerIn(said, text, lastReply) : null,
    orderStatus:
      (ORDER_STATUS.test(text) && !REPEATS.test(text)) || (quoted && ARRIVES.test(text))
        ? (ORDER_NUMBER.exec(said)?.[0] ?? '')
        : null,
    photos: PHOTOS.test(text) && !OWN_PICTURE.test(said),
    silence: SILENCE.test(text),
    nextContact: nextContactIn(text),
    leaves: LEAVES.test(text),
    usesCode: CODE.exec(said)?.[0] ?? null,
    wantsCode: WANTS_CODE.test(text) && !CODE.test(said),
  };
};

const quoteWish = (said: string, text: string): Wishes['quote'] => {
  if (!QUOTE.test(text)) return null;
  if (QUOTE_LATER.test(said) || QUOTE_LATER.test(text)) return 'later';
  return NO_QUOTE.test(said) || NO_QUOTE.test(text) ? 'declines' : 'asks';
};

/** Yes or no to our offer of a quotation. */
const offerAnswer = (said: string, lastReply: string, quoted: boolean): Wishes['quote'] => {
  if (quoted || !OFFERS_QUOTE.test(lastReply)) return null;
  const { fine, noMore } = shortlyIn(said);
  return fine || YES.test(said) ? 'asks' : noMore ? 'declines' : null;
};

const answerIn = (said: string, text: string, lastReply: string): Wishes['answer'] => {
  if (APPROVES.test(text)) return 'accepted';
  if (REJECTS.test(text) || shortlyIn(said).cancels) return 'rejected';
  if (DEAR.test(text)) return 'too_expensive';
  return YES.test(said) && ASKS_IF_IT_SUITS.test(lastReply) ? 'accepted' : null;
};

/** What a customer says of a time, as days from now. A weekday has no length without a calendar and is left out. */
const SPANS: readonly (readonly [RegExp, days: number])[] = [
  [/tomorrow|بكره|غدا/, 1],
  [/next month|(?:in|after) (?:a|one) month|بعد شهر/, 30],
  [/next week|(?:in|after) (?:a|one) week|الاسبوع|بعد اسبوع/, 7],
  [/(?:in|after) two weeks|بعد اسبوعين/, 14],
  [/(?:in|after) two days|بعد يومين/, 2],
  [/(?:in|after) three days|بعد ثلاثه ايام/, 3],
];

const nextContactIn = (text: string): string | null => {
  const match = NEXT_CONTACT.exec(text);
  const words = match ? (match[1] ?? match[2] ?? '') : '';
  const counted = /(\d{1,2}) (day|week)/.exec(words);
  const days = counted
    ? Number(counted[1]) * (counted[2] === 'week' ? 7 : 1)
    : SPANS.find(([span]) => span.test(words))?.[1];
  return days === undefined ? null : `P${days}D`;
};
