/** The words the salesperson knows, English and Gulf Arabic. Patterns run on folded text. */
import { budgetIn } from './items.ts';
import { fold, pattern, sentences } from './text.ts';

export const GREETING = pattern(
  /\b(hi+|hello+|hey|good (morning|afternoon|evening|day)|salam|salaam|assalam\w*|greetings)\b/,
  ['السلام عليكم', 'سلام', 'مرحبا', 'أهلا', 'هلا', 'صباح الخير', 'مساء الخير'],
);
export const THANKS = pattern(/\b(thanks|thank you|thx|much appreciated)\b/, [
  'شكرا',
  'مشكور',
  'يعطيك العافية',
  'تسلم',
]);
export const BYE = pattern(/\b(bye|goodbye|good night|see you|have a (nice|good|great) (day|evening))\b/, [
  'مع السلامة',
  'في أمان الله',
  'إلى اللقاء',
]);
export const WHO_ARE_YOU = pattern(
  /\b(are you|is this|am i (talking|speaking) (to|with)) (a|an)? ?(bot|robot|ai|machine|human)\b|\bwho are you\b/,
  ['هل أنت روبوت', 'أنت روبوت', 'أنت بوت', 'من أنت'],
);
export const CHEAPER = pattern(
  /\b(too (expensive|high|much|pricey)|expensive|cheaper|less expensive|lower price|over (my|our) budget|out of (my|our) budget)\b/,
  ['غالي', 'غالية', 'أرخص', 'مكلف', 'سعر أقل', 'فوق الميزانية'],
);
/** One of several, by its price. */
export const CHEAPEST = pattern(/\b(?:the )?(?:cheapest|least expensive|lowest priced?)(?: one)?\b/, [
  'الأرخص',
  'أرخص واحد',
  'الأقل سعرا',
]);
const PRICE_OR_STOCK = pattern(
  /\b(price[sd]?|cost|how much|rate|in stock|stock|available|availability|do you have|have you got|is there|are there)\b/,
  [
    'سعر',
    'أسعار',
    'بكم',
    'كم سعر',
    'متوفر',
    'متاح',
    'موجود',
    'مخزون',
    'عندكم',
    'هل لديكم',
    'كم يكلف',
    'تكلفة',
  ],
);
/** "عرض سعر" is a quotation, not a question for a price. */
const PRICE_OFFER = /عرض (?:ال)?(?:سعر|اسعار)/gu;

/** A price or the stock is asked for. Folded text. */
export const asksPriceOrStock = (folded: string): boolean =>
  PRICE_OR_STOCK.test(folded.replace(PRICE_OFFER, ' '));
export const IN_STOCK = pattern(/\b(in stock|available (now|today|immediately)|ready stock)\b/, [
  'متوفر الآن',
  'متوفرة الآن',
  'جاهز',
]);
export const STRONG_PURCHASE = pattern(
  /\b(i'?ll (take|have|get|buy|go)|i will (take|buy|go)|we'?ll (take|have|get|buy|go)|we will (take|buy|go)|take|buy|purchase|book|reserve|order|go with|add|make it|change (it )?to|confirm|put me down)\b/,
  [
    'سآخذ',
    'آخذ',
    'باخذ',
    'ناخذ',
    'أشتري',
    'نشتري',
    'أطلب',
    'نطلب',
    'احجز',
    'أضف',
    'ضيف',
    'اعتمد',
    'خليها',
    'اجعلها',
    'خذ',
    'باخد',
  ],
);
export const WEAK_PURCHASE = pattern(/\b(want|need|would like|get me|give me|looking for|require)\b/, [
  'أريد',
  'نريد',
  'أبغى',
  'ابغا',
  'نبي',
  'أحتاج',
  'نحتاج',
  'محتاج',
  'عايز',
  'بدي',
]);
export const ADDING = pattern(/\b(add|more|another|extra|additional)\b/, ['أضف', 'ضيف', 'كمان', 'زيادة']);
export const INSTEAD = pattern(/\b(instead|only|just|replace|not the)\b/, ['بدل', 'بدلا', 'فقط']);
export const CORRECTING = pattern(
  /\b(make it|make that|change (it |that |the quantity )?to|i meant?|correction|actually)\b/,
  ['خليها', 'اجعلها', 'أقصد', 'قصدي', 'غيرها', 'تصحيح'],
);
export const OF_THEM = pattern(/\b(of|for) (them|those|these|it|that|this|each)\b|\b(this|that) one\b/, [
  'منها',
  'منه',
  'منهم',
  'من هذا',
  'من هذه',
]);

/** Furniture by family: an item of one family is never taken for another (lesson F-12). */
const FAMILIES: readonly (readonly [id: string, words: RegExp])[] = [
  ['seating', pattern(/\b(chair|seat|stool|armchair|pouf|ottoman)s?\b/, ['كرسي', 'كراسي', 'مقعد', 'مقاعد'])],
  ['desk', pattern(/\b(desk|workstation)s?\b/, ['مكتب', 'مكاتب', 'محطة عمل', 'محطات عمل'])],
  ['table', pattern(/\btables?\b/, ['طاولة', 'طاولات', 'ترابيزة'])],
  [
    'storage',
    pattern(
      /\b(cabinet|cupboard|drawer|pedestal|bookcase|locker|wardrobe|shel(?:f|ves|ving)|filing|storage)s?\b/,
      ['خزانة', 'خزائن', 'دولاب', 'دواليب', 'أدراج', 'رفوف'],
    ),
  ],
  ['sofa', pattern(/\b(sofas?|couch(?:es)?|lounge)\b/, ['كنبة', 'كنب', 'أريكة', 'أرائك', 'صوفا'])],
  [
    'acoustic',
    pattern(/\b(pod|booth|partition|screen)s?\b|\bacoustic\b/, [
      'قواطع',
      'كابينة',
      'حاجز',
      'مقصورة',
      'مقصورات',
      'فاصل',
      'فواصل',
      'عازل',
    ]),
  ],
  [
    'accessory',
    pattern(
      /\b(whiteboard|lamp|footrest|cushion|monitor arm|coat stand|coat rack|power (?:strip|box)|cable tray|(?:floor|chair) mat)s?\b/,
      ['سبورة', 'مصباح', 'وسادة', 'ذراع', 'علاقة'],
    ),
  ],
  ['reception', pattern(/\breception (desk|counter)s?\b/, ['استقبال'])],
];
const ANY_FURNITURE = pattern(/\bfurniture\b/, ['أثاث']);
/** "Your office", "our office": a place, not a piece. */
const OUR_PLACE = /مكتب(?:كم|نا|ي)(?!\p{L})/gu;
/** A count stands before what it counts: "مكتب ١٢" is office 12 of an address, "١٢ مكتب" twelve desks. */
const OFFICE_NUMBER = /(?<!\p{L})(?:ال)?مكتب\s+(?:رقم\s+)?\d{1,5}(?!\d)/gu;
/** An office chair is no desk, and a bookcase is written like one. */
const OFFICE_SEAT = /(?<=كرسي|كراسي|كنبه|مقعد)\s+(?:ال)?مكتب\p{L}*/gu;
const BOOKCASE = /(?<!\p{L})(?:ال)?مكتبه(?!\p{L})/gu;

/** The families of furniture that a folded text names. */
export const familiesIn = (folded: string): ReadonlySet<string> => {
  const text = folded
    .replace(OUR_PLACE, ' ')
    .replace(OFFICE_NUMBER, ' ')
    .replace(OFFICE_SEAT, ' ')
    .replace(BOOKCASE, 'رفوف');
  return new Set(FAMILIES.flatMap(([id, words]) => (words.test(text) ? [id] : [])));
};

/** Whether a folded text asks for furniture at all. */
export const namesFurniture = (folded: string): boolean =>
  ANY_FURNITURE.test(folded) || familiesIn(folded).size > 0;

export const KNOWLEDGE = pattern(
  /\b(deliver(y|ed|ies|ing)?|shipping|ship to|showroom|where (are you|is your)|your (address|location|office)|located|warranty|guarantee|(working|opening|business) hours|are you open|what time|assembl(y|e|ed)|install(ation|ed|ing)?|payment|pay by|bank transfer|vat|tax|trn|return policy|policy|catalogue|catalog|about (your company|treejar)|your company|do you (make|manufacture|produce)|made in|countries|valid(ity)?)\b/,
  [
    'توصيل',
    'توصلون',
    'شحن',
    'معرض',
    'عنوانكم',
    'موقعكم',
    'أين أنتم',
    'وينكم',
    'أين يقع',
    'ضمان',
    'كفالة',
    'ساعات العمل',
    'أوقات العمل',
    'دوامكم',
    'تركيب',
    'دفع',
    'ضريبة',
    'سياسة',
    'كتالوج',
    'عن الشركة',
    'شركتكم',
    'تصنيع',
    'تصنعون',
  ],
);

/** Our own questions, to recognise them in the history. */
export const ASKS_NAME =
  /how may i address you|كيف (?:أخاطبك|تحب أن أناديك)|اسمك الكريم|your name|address you/iu;
export const ASKS_COMPANY = /which company|لأي شركة|اسم الشركة|اسم شركتك/iu;
export const REMOVES = pattern(/\b(cancel|remove|drop|delete|without|take (?:off|out)|no more)\b/, [
  'ألغ',
  'الغي',
  'احذف',
  'شيل',
  'بدون',
]);
export const REPEATS = pattern(
  /\brepeat\b|\bwhat (?:did|have) (?:i|we) (?:order|choose|chosen|select)\w*|\b(?:summari[sz]e|recap) (?:my|our|the) (?:order|selection|list)\b|\b(?:my|our) (?:selection|list) so far\b/,
  ['كرر', 'أعد', 'عيد لي', 'لخص'],
);
export const NOD =
  /^\s*(?:ok(?:ay)?|k|great|cool|nice|fine|got it|i see|تمام|طيب|اوكي|اوك|زين|ماشي|\p{Emoji_Presentation})(?:[\s.!]|\p{Emoji_Presentation}|\p{Emoji_Modifier})*$/iu;
export const ASKS_WHICH = /which one do you mean|أيها تقصد/iu;
export const CLARIFYING = /tell me a little more|تخبرني (?:المزيد|أكثر)/iu;

const COUNT_WORDS =
  '(?:(?:x|pcs?|pieces?|units?|please|pls|only|then|of them|chairs?|desks?|tables?|اذن|اذا|قطعه|قطع|حبه|حبات|فقط|لو سمحت|من فضلك|كرسي|كراسي|مكاتب|طاولات)[\\s,،]*)*';
const NUMBER_WORDS =
  'one|just one|only one|واحده?|وحده|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|اثنين|اثنان|ثلاثه?|اربعه?|خمسه?|سته?|سبعه?|ثمانيه?|تسعه?|عشره?';
const BARE_QUANTITY = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:(?:ok|okay|so|yes|fine|then|maybe|نعم|طيب|تمام)[\\s,،]{1,3}){0,3}(?:\\d{1,5}|${NUMBER_WORDS})[\\s,]*${COUNT_WORDS}[\\s.!]*$`,
  'u',
);

/** `6`, `six pieces`, `٦ قطع`: a number and nothing else. */
export const isBareQuantity = (folded: string): boolean => BARE_QUANTITY.test(folded);

/** Politeness around the thing that is looked for. */
/** Two or more of what was shown are to stand side by side. */
export const COMPARES = pattern(
  /\b(?:compar(?:e|ing|ison)|dif{1,2}\w{2,8} between|diff between|what(?:'?s| is| are) the dif\w*|versus|vs|which (?:one )?(?:of them )?is (?:better|best))\b/,
  ['قارن', 'مقارنة', 'الفرق', 'أيهما أفضل'],
);

/** "The first two", "both": how many of what was shown, counted from its top; not a quantity of pieces. */
const FIRST_FEW: readonly (readonly [number, RegExp])[] = [
  [2, pattern(/\b(?:first|top) (?:two|2)\b|\bboth\b/, ['أول اثنين', 'الأول والثاني', 'الاثنين', 'كلاهما'])],
  [3, pattern(/\b(?:first|top) (?:three|3)\b/, ['أول ثلاثة', 'الثلاثة'])],
];

/** "The first two" is no number of pieces. */
export const namesFirstFew = (text: string): boolean => FIRST_FEW.some(([, words]) => words.test(text));

/** A correction of what was just said: "no, …", "not that one", "sorry, …". */
export const CORRECTS =
  /^\s*(?:no|nope|not|sorry|oh|wait|actually|instead|rather|i meant?|لا|مو|مش|بل|عفوا|اقصد|قصدي)(?![\p{L}])|\binstead\b|(?<!\p{L})بدل/u;
export const HOW_LONG = pattern(/\bhow (?:fast|long|soon|quick\w*|much time)\b|^(?:and )?when\b/, [
  'كم مدة',
  'متى',
  'كم يستغرق',
  'كم يوم',
]);
/** When goods come that were not ordered yet: a question about delivery. */
export const ARRIVAL = pattern(
  /\bwhen (?:will|would|can|do|does|is) (?:it|they|that|everything|i get it)\b.{0,20}\b(?:arriv\w+|come|here|deliver\w*|get)\b/,
  ['متى يصل', 'متى توصل', 'متى يوصل'],
);

/** All that was shown when none is singled out. */
export const comparedCount = (text: string): number =>
  FIRST_FEW.find(([, words]) => words.test(text))?.[0] ?? 3;

const FILLERS = pattern(
  /\b(hi+|hello|hey|good (morning|afternoon|evening)|please|pls|kindly|do you (have|sell|offer)|have you got|can you (show|send|offer)( me)?|could you|i am|i'm|we are|we're|i'd like|i would like|would like|i want|we want|i need|we need|need|want|looking for|show me|send me|tell me|about|some|any|for my|for our|price of|prices of|how much (is|are)|is there|are there|available|in stock|each|aed|dhs|thank you|thanks|what|which|you have|my name is \w+|the|to buy|buy|to|is|too expensive|expensive|cheaper|something|actually|instead|rather|now|then|also|maybe|as well|let me see)\b/,
  [
    'السلام عليكم',
    'مرحبا',
    'أهلا',
    'صباح الخير',
    'مساء الخير',
    'من فضلك',
    'لو سمحت',
    'أريد',
    'نريد',
    'أبغى',
    'ابغا',
    'أحتاج',
    'نحتاج',
    'محتاج',
    'هل لديكم',
    'عندكم',
    'لديكم',
    'عايز',
    'بدي',
    'كم سعر',
    'بكم',
    'درهم',
    'متوفر',
    'غالي',
    'أرخص',
    'شراء',
  ],
);
const MAX_QUERY_CHARS = 120;

/** The sentence that names furniture, without politeness, budget and count: what a catalog can be searched for. */
export const searchWords = (said: string): string => {
  const naming = sentences(said).filter((sentence) => namesFurniture(fold(sentence)));
  const sentence = naming.join(' ') || said;
  const words = budgetIn(sentence)
    .rest.replace(new RegExp(FILLERS.source, 'giu'), ' ')
    .replace(/(?<![\p{L}\p{N}-])\d{1,5}(?![\p{L}\p{N}-])/gu, ' ')
    .replace(/[^\p{L}\p{N}\s-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return (words || fold(sentence).trim()).slice(0, MAX_QUERY_CHARS);
};
