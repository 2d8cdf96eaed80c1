/**
 * Whether the words place an order here and now (domain 8.2): the intent to proceed, and where, when or with what
 * installation. Product and quantity are the selection's to tell, which the resolver made: prose is never parsed back
 * (lesson F-03). A wish for a quotation is no order: the quotation comes first.
 */
import { fold } from '../language/fold.ts';
import { words } from '../language/words.ts';
import { namesAnAddress } from '../slots/address.ts';
import { placesIn } from '../slots/places.ts';

const PROCEED = words(
  "(?:want|wish|would like|i'd like|we'd like|ready|decided|going) to (?:order|buy|purchase|proceed|place (?:an|the|this|my|our) order)|place (?:an|the|this|my|our) order|(?:proceed|go ahead) with (?:the|this|my|our|that) (?:order|purchase)|confirm (?:the|this|my|our) order|(?:book|order|buy) (?:it|them|these|those|this|that|all of them) (?:now|today|please|for)|(?:let's|let us) (?:order|buy|proceed|go ahead)|(?:i|we)(?:'ll| will) (?:take|order|buy) (?:it|them|these|those|this|all|the|\\d+)|please (?:deliver|ship|process (?:the|this|my) order)",
  [
    'أريد أطلب',
    'أريد أن أطلب',
    'أبغى أطلب',
    'أبي أطلب',
    'نريد نطلب',
    'نريد أن نطلب',
    'نبغى نطلب',
    'أريد شراء',
    'نريد شراء',
    'أريد أشتري',
    'أريد أن أشتري',
    'أبغى أشتري',
    'أبي أشتري',
    'نريد أن نشتري',
    'أكد الطلب',
    'أكدوا الطلب',
    'نؤكد الطلب',
    'اعتمد الطلب',
    'اعتمدوا الطلب',
    'نفذوا الطلب',
    'جهزوا الطلب',
    'خلينا نطلب',
    '=باخذها',
    '=باخذهم',
    '=بناخذها',
    '=سنأخذها',
  ],
);
/** Thinking aloud, asking how, or another order. */
const NOT_YET = words(
  "if (?:i|we)|before (?:i|we)|how (?:can|do|to|could)|(?:can|could|may|should) (?:i|we)|minimum order|not (?:yet )?(?:ready|want|going)|don'?t want|status|where is|track|samples?|(?:i|we) already|maybe|might|thinking (?:of|about)",
  ['لو طلبت', 'إذا طلبت', 'كيف أطلب', 'هل يمكن', '=ممكن', 'حالة الطلب', 'وين الطلب', 'أين الطلب', 'عينة'],
);
const WHEN = words(
  'today|tonight|tomorrow|asap|urgent(?:ly)?|immediately|this (?:week|month|sunday|monday|tuesday|wednesday|thursday|friday|saturday)|next (?:week|month|sunday|monday|tuesday|wednesday|thursday|friday|saturday)|(?:by|on|before) (?:sunday|monday|tuesday|wednesday|thursday|friday|saturday|the \\d{1,2}(?:st|nd|rd|th)?|\\d{1,2})|(?:within|in) (?:\\d+|two|three|four|five|a|one) (?:days?|weeks?)',
  [
    'اليوم',
    'غدا',
    'بكرة',
    'هذا الأسبوع',
    'الأسبوع القادم',
    'الأسبوع الجاي',
    'عاجل',
    'مستعجل',
    'قبل يوم',
    'يوم الأحد',
    'يوم الاثنين',
  ],
);
/** Written to a place whose name we do not know. */
const WHERE = words(
  '(?:deliver(?:y|ed)?|shipp?(?:ed|ing)?|send|bring)(?: (?:it|them|these|everything))? (?:to|in|at)',
  ['التوصيل إلى', 'التوصيل ل', 'التسليم في'],
);
const INSTALLATION = words('install(?:ed|ation|ing)?|assembl(?:y|ed|e|ing)|fitting', ['تركيب', 'تجميع']);

export interface OrderFacts {
  /** The selection holds articles with quantities, and no question about them is open. */
  readonly isSelected: boolean;
  /** The customer has named an address for this order. */
  readonly hasAddress: boolean;
}

/** The burst places the order that is selected: a person confirms or rejects it (domain 8.2, 8.6). */
export const placesOrder = (text: string, { isSelected, hasAddress }: OrderFacts): boolean => {
  if (!isSelected) return false;
  const plain = fold(text);
  if (!PROCEED.test(plain) || NOT_YET.test(plain)) return false;
  return (
    hasAddress ||
    WHERE.test(plain) ||
    WHEN.test(plain) ||
    INSTALLATION.test(plain) ||
    namesAnAddress(text) ||
    placesIn(plain).length > 0
  );
};
