/**
 * The customer's own words about a quotation. Consent and acceptance rest on them, never on the model's word alone
 * (domain 3.3, 9.22, 9.23; lesson F-06).
 */

/** Letters that Arabic writers exchange freely, and marks that carry no meaning. */
const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();

const QUOTE_WORDS =
  /\b(?:quot(?:e|es|ation|ations|ed)|proforma|pro forma|proposal|price offer|formal offer|written offer|official offer)\b|عرض (?:ال)?(?:سعر|اسعار)|(?:ال)?تسعير|كوتيشن|كوتيش/;

const REFUSALS = [
  /\b(?:no|not|don'?t|do not|without|never|stop)\b[^.!?\n]{0,25}\b(?:quot(?:e|es|ation|ations)|proposal)\b/,
  /\b(?:quot(?:e|ation)|proposal)\b[^.!?\n]{0,20}\b(?:not needed|not necessary|isn'?t needed|no need)\b/,
  /(?:لا|ما|مو|مش|بدون|ليس)[^.!؟\n]{0,25}(?:عرض (?:ال)?(?:سعر|اسعار)|تسعير|كوتيشن)/,
];

const DEFERRALS = [
  /\b(?:quot(?:e|ation)|proposal)\b[^.!?\n]{0,25}\b(?:later|not yet|another time|tomorrow|next week)\b/,
  /\b(?:later|not yet|another time)\b[^.!?\n]{0,25}\b(?:quot(?:e|ation)|proposal)\b/,
  /(?:عرض (?:ال)?(?:سعر|اسعار)|تسعير|كوتيشن)[^.!؟\n]{0,25}(?:لاحقا|بعدين|فيما بعد|بكره|غدا)/,
];

/** Whole answers that say yes and nothing else. */
const YES =
  /^(?:(?:yes|yep|yeah|yup|ok|okay|k|sure|great|perfect|fine|good|deal|agreed|approved|confirmed|accepted|please|pls|thanks|thank you|it suits(?: us| me)?|that suits(?: us| me)?|suits(?: us| me)?|looks? good|sounds good|go ahead|proceed|let'?s go|we accept|i accept|i agree|we agree|all good|works for (?:me|us)|i confirm|we confirm)[\s,.!👍✅🙏]*)+$/u;
const YES_AR =
  /^(?:(?:نعم|ايوه|ايوا|اي|اجل|تمام|موافق|موافقه|موافقين|اوكي|اوك|حسنا|ممتاز|مناسب|يناسبنا|يناسبني|زين|طيب|اكيد|ماشي|توكلنا|اعتمد|اعتمدوه|معتمد|شكرا|يرجي المتابعه|كملوا)[\s,،.!👍✅🙏]*)+$/u;
const THUMBS = /^[\s👍✅👌🆗]+$/u;
/** Words that are polite and decide nothing by themselves. */
const POLITE = /^(?:(?:thanks|thank you|please|pls|great|good|fine|k|شكرا|ممتاز|طيب|زين)[\s,،.!🙏]*)+$/u;

/** The customer speaks of a quotation and does not refuse it. */
export const asksForQuote = (text: string): boolean => {
  const words = folded(text);
  return QUOTE_WORDS.test(words) && !refusesQuote(text) && !defersQuote(text);
};

const RETURNS = [
  /\b(?:send|prepare|make|finish|complete|issue) (?:it|that|the (?:offer|pdf|paper))\b|\b(?:go ahead|proceed|let'?s continue|let'?s finish)\b/,
  /\bwhat (?:else |more )?(?:do|did) you (?:still )?(?:need|want)(?: from (?:me|us))?\b|\bwhat(?:'s| is) (?:still )?missing\b/,
  /(?:ارسل|جهز|اعد|كمل|خلص|اصدر)(?:ه|ها|وه|يه|وها|يها| العرض| الملف)(?!\p{L})|(?:ماذا|ايش|شو|وش) (?:تحتاج|تبغ|تريد|ينقص|ناقص)\p{L}*(?: مني| منا)?|نكمل|تفضل\p{L}* بالعرض/u,
];

/** Back at a quotation that waits: "send it", "go ahead", "what else do you need?". */
export const returnsToQuote = (text: string): boolean => {
  const words = folded(text);
  return RETURNS.some((pattern) => pattern.test(words)) && !refusesQuote(text) && !defersQuote(text);
};

/** "No quotation, please." */
export const refusesQuote = (text: string): boolean => {
  const words = folded(text);
  return REFUSALS.some((pattern) => pattern.test(words)) && !DEFERRALS.some((pattern) => pattern.test(words));
};

/** "The quotation can wait." */
export const defersQuote = (text: string): boolean => {
  const words = folded(text);
  return DEFERRALS.some((pattern) => pattern.test(words));
};

const ORDER_STATUS =
  /\bwhere(?:'?s| is| are)? (?:my|our|the) (?:order|furniture|delivery|chairs?|desks?|tables?|goods)\b|\b(?:status|state|progress|news|update) (?:of|on|about|for) (?:my|our|the) (?:order|delivery)\b|\border status\b|\btrack(?:ing)? (?:my|our|the)? ?order\b|\bwhen (?:will|does|is|are) (?:my|our|the) (?:order|furniture|delivery|chairs?|desks?|goods)\b|(?:وين|اين|متي (?:يصل|يوصل|توصل|تصل)|حاله|اخبار|وصل)\s+(?:ال)?طلب(?:ي|يتي|نا|يتنا|يه)?(?![\p{L}])/u;

/** "Where is my order?", "وين طلبي؟". */
export const asksForOrder = (text: string): boolean => ORDER_STATUS.test(folded(text));

/** A short, unconditional yes: counts only right after the question it answers (domain 9.22). */
export const saysYes = (text: string): boolean => {
  const words = folded(text);
  if (words === '') return false;
  if (THUMBS.test(words)) return true;
  return (YES.test(words) || YES_AR.test(words)) && !POLITE.test(words);
};

const ACCEPTS =
  /^(?:(?:yes|yep|yeah|ok|okay|sure|great|perfect|fine|good|deal|please|thanks|thank you|so|and|well|hereby|all good|we|i|we'll|i'll|we will|i will|we do|i do|we would like to|i would like to|happy to)[\s,.!]+)*(?:(?:accept|approve)d?(?:[\s,.!]+(?:it|this|that|the|your|offer|quotation|quote|price|prices|please|thanks|thank you|go ahead|proceed))*|(?:agree|confirm)(?:ed)?(?:[\s,.!]+(?:to|with|the|your|this))*[\s,.!]+(?:offer|quotation|quote)(?:[\s,.!]+(?:please|thanks|thank you|go ahead|proceed))*|(?:(?:the|your|this)\s)?(?:offer|quotation|quote) (?:is )?(?:accepted|approved|confirmed))[\s.!👍✅🙏]*$/u;
const ACCEPTS_AR =
  /^(?:(?:نعم|ايوه|اي|اجل|تمام|اوكي|اوك|حسنا|ممتاز|طيب|زين|نحن|انا|احنا|لقد)[\s,،.!]+)*(?:(?:موافق|موافقه|موافقين|موافقون|اوافق|نوافق|وافقت|وافقنا)\s(?:علي\s)?(?:(?:هذا|هذه)\s)?(?:ال)?(?:عرض|تسعيره?|كوتيشن)|(?:قبلت|قبلنا|نقبل|اقبل|اعتمدت|اعتمدنا|نعتمد|اعتمد|اعتمدوا)(?:\s(?:هذا\s)?(?:ال)?(?:عرض|تسعيره?|كوتيشن)))(?:[\s،,]{1,2}(?:السعر|الاسعار|المرسل|من فضلك|لو سمحت|شكرا))*[\s.!،👍✅🙏]*$/u;

/** The whole message says that the quotation is accepted, in words that need no question before them (domain 9.22). */
export const acceptsOutright = (text: string): boolean => {
  const words = folded(text);
  return ACCEPTS.test(words) || ACCEPTS_AR.test(words);
};

/** A plain no, at the start of an answer. */
export const saysNo = (text: string): boolean =>
  /^(?:no|nope|nah|not|later|لا|مو|مش|ليس|بعدين|لاحقا)(?![\p{L}\p{N}])/u.test(folded(text));

/** One of our own sentences that asks whether a quotation is wanted. */
export const offersQuote = (reply: string): boolean =>
  reply
    .split(/(?<=[.!?؟\n])/)
    .some((sentence) => /[?؟]/.test(sentence) && QUOTE_WORDS.test(folded(sentence)));

const SUITS =
  /\b(?:offer|quotation|quote)\b[^?]*\b(?:suits?|fine|works?|approved?)\b|\b(?:suits?|approve|accept|confirm|happy with)\b[^?]*\b(?:offer|quotation|quote)\b|(?:يناسب|تعتمد|توافق|تقبل)\p{L}*[^؟]*عرض/u;

/** Our reply ends with the question whether the quotation suits: a plain yes right after it approves (domain 9.22). */
export const asksIfItSuits = (reply: string): boolean => {
  const last = reply
    .split(/(?<=[.!?؟\n])/)
    .filter((sentence) => sentence.trim() !== '')
    .at(-1);
  return last !== undefined && /[?؟]/.test(last) && SUITS.test(folded(last));
};
