/** The words that pull a trigger of domain 8.1, English and Gulf Arabic. Patterns run on folded text. */
import { words } from '../language/words.ts';

const PERSON =
  '(?:human|person|manager|agent|representative|someone|somebody|sales ?(?:man|person|people|team|rep)?|staff|colleague|employee|operator|people)';
const REACH =
  '(?:speak|talk|chat|connect(?: me)?|transfer(?: me)?|put me through|get me|give me|pass me|reach|contact)';

/** Each entry: the trigger's number, whether it silences the bot (domain 8.2), the words, and what takes them back. */
export interface TriggerWords {
  readonly trigger: number;
  readonly hard: boolean;
  readonly when: RegExp;
  readonly unless?: RegExp;
}

export const TRIGGER_WORDS: readonly TriggerWords[] = [
  {
    trigger: 3,
    hard: true,
    when: words(
      "complain|complaints?|complaining|unacceptable|scam(?:mers?|med)?|cheat(?:ed|ers?)|fraud|furious|fed up|pissed|disgusting|very (?:angry|upset|disappointed|unhappy|bad service)|(?:terrible|awful|worst|horrible|bad|poor|pathetic|useless|rude) (?:customer )?(?:service|experience|company|support|quality|response|attitude|people)|so disappointed|(?:i am|i'm|we are|we're) (?:angry|upset|disappointed)|waste of (?:time|money)|nobody (?:answers|replies|responds|called)|how dare|shame on",
      [
        'شكوى',
        'أشتكي',
        'اشتكي',
        'نشتكي',
        'غير مقبول',
        'زعلان',
        'غاضب',
        'معصب',
        'نصابين',
        'نصب علي',
        'احتيال',
        'خدمة سيئة',
        'أسوأ خدمة',
        'خدمتكم سيئة',
        'مستاء',
        'محد يرد',
        '=ما حد يرد',
        'قلة احترام',
        'عيب عليكم',
      ],
    ),
    unless: words('(?:no|any|without|never had) complaints?|complaints? (?:policy|form)', ['بدون شكوى']),
  },
  {
    trigger: 3,
    hard: true,
    when: words(
      'lawyers?|attorney|sue (?:you|them)|legal (?:action|steps|notice|case)|take you to court|go to court|in court|police|consumer (?:protection|rights)|ded complaint|report you',
      ['محامي', 'محكمة', 'أقاضيكم', 'دعوى', 'قضية ضد', 'الشرطة', 'حماية المستهلك', 'بلاغ ضدكم'],
    ),
    unless: words(
      "for (?:a |our |my |the )?(?:lawyers?|law firm|attorney|court|police)|law firm|lawyers? office|(?:i am|i'm|we are) (?:a )?(?:lawyers?|attorney)|court ?(?:yard|room)|police station|food court",
      ['مكتب محامي', 'مكتب محاماة', 'مركز شرطة'],
    ),
  },
  {
    trigger: 7,
    hard: true,
    when: words(
      '(?:want|need|like|how (?:can|do) i|can i|may i|have) to? ?(?:return|refund|exchange|send back)(?: (?:my|the|these|this|it|them|an?|some))|(?:return|exchange) (?:my|the|these|this|it|them) (?:chairs?|desks?|tables?|sofas?|order|items?|furniture|back)|(?:my|a|full|the|want|need) refund|refund me|money back|(?:arrived|came|delivered|is|are|was|were|got) (?:\\w+ )?(?:broken|damaged|defective|scratched|faulty|torn|cracked)|missing (?:parts?|screws?|pieces?)|wrong (?:item|items|chairs?|desks?|colou?r|product|order) (?:was |were )?(?:delivered|arrived|sent|came|received)|(?:sent|delivered|received|got) (?:me |us )?(?:the )?wrong|warranty claim|claim (?:the |my |under )?warranty|stopped working',
      [
        'أرجع الكرسي',
        'أرجع الطلب',
        'أبغى أرجع',
        'أريد إرجاع',
        'إرجاع الطلب',
        'استرجاع',
        'استرداد',
        'استبدال الكرسي',
        'مكسور',
        'مكسورة',
        'تالف',
        'معيوب',
        'خربان',
        'وصل ناقص',
        'غير اللي طلبته',
        'مطالبة ضمان',
      ],
    ),
    unless: words(
      'return policy|returns? policy|policies|can i return (?:it|them) if|if (?:it|they) (?:is|are|comes?|arrives?) (?:broken|damaged|defective)|return to you|get back',
      ['سياسة', 'شروط الإرجاع'],
    ),
  },
  {
    trigger: 18,
    hard: true,
    when: words(
      '(?:arab|arabic(?:[- ]speaking)?|emirati|indian|pakistani|filipin[oa]|russian(?:[- ]speaking)?|egyptian|lebanese|syrian|british|english[- ]speaking|chinese|french|turkish|iranian|urdu[- ]speaking|hindi[- ]speaking) (?:manager|sales ?m[ae]n|sales ?person|person|agent|colleague|lady|guy|speaker|representative|staff|employee)',
      [
        'موظف عربي',
        'مدير عربي',
        'شخص عربي',
        'موظفة عربية',
        'موظف هندي',
        'موظف مصري',
        'موظف إماراتي',
        'مدير إماراتي',
        'بائع عربي',
        'مندوب عربي',
        'حد يتكلم عربي',
        'يتكلم روسي',
      ],
    ),
  },
  {
    trigger: 17,
    hard: true,
    when: words(
      "(?:please |pls |kindly |just |can you |could you |someone |somebody |to )?call me(?: (?:please|pls|now|back|today|tomorrow|later|asap|soon|again|when|on|at|in|if|for|about|to)(?! \\w+ (?:ali|ahmed))|$|[.!?,])|(?:give|gave) me a (?:call|ring)|(?:phone|video|voice|quick) call|call ?back|(?:can|could|will|should) (?:you|someone|somebody|we|a manager|anyone) (?:please )?(?:call|phone|ring)|ring me|(?:talk|speak|discuss)(?: \\w+){0,3} (?:over|on|by) (?:the )?phone|can i call(?: you)?|have a call|schedule a call|let'?s (?:have a )?call",
      [
        'اتصل بي',
        'اتصل فيني',
        'اتصلوا',
        'اتصل علي',
        'اتصلوا علي',
        'مكالمة',
        'كلمني',
        'كلموني',
        'تتصل بي',
        'تتصلون',
        'دق علي',
        'رن علي',
        '=ابي اتصال',
        'أبغى اتصال',
      ],
    ),
    unless: words(
      "call me (?!please|pls|now|back|today|tomorrow|later|asap|soon|again|when|on|at|in|if|for|about|to)\\p{L}+|(?:don'?t|do not|no need to|please don'?t) call|phone (?:booth|pod)|call ?cent(?:er|re)|conference call|for (?:phone|video) calls|calls? (?:booth|pod|room)",
      ['=لا تتصل', 'مركز اتصال', 'كابينة مكالمات'],
    ),
  },
  {
    trigger: 1,
    hard: true,
    when: words(
      `${REACH}(?: \\w+){0,2} (?:to |with |a |an |the |your |some |any )*(?:real |live |actual |human |sales |your |the )?${PERSON}|(?:real|live|actual) (?:human|person|agent|people)|human (?:being|agent|please|support|assistance)|(?:want|need|prefer|like) (?:a |an |to (?:speak|talk) to a )?human|(?:want|need|reach|contact|connect|speak|talk)[^.]{0,20}customer (?:service|care|support)|(?:stop|hate|not|don'?t want|tired of|sick of)[^.]{0,25} (?:bots?|robots?|machines?|ai|automated)|is (?:there )?(?:anyone|anybody|a human|a person) (?:there|here)`,
      [
        'شخص حقيقي',
        'إنسان حقيقي',
        'موظف حقيقي',
        'أتكلم مع موظف',
        'أتكلم مع شخص',
        'أتكلم مع إنسان',
        'أتكلم مع حد',
        'التحدث مع موظف',
        'التحدث إلى موظف',
        'التحدث مع شخص',
        'التحدث مع مدير',
        'التحدث إلى مدير',
        'أكلم موظف',
        'أكلم شخص',
        'أكلم المدير',
        'أكلم مدير',
        'أكلم حد',
        'حولني على موظف',
        'حولني لموظف',
        'حولوني',
        'خدمة العملاء',
        'مندوب مبيعات',
        '=ما ابي روبوت',
        '=ما ابغى بوت',
        '=لا اريد روبوت',
      ],
    ),
    unless: words(
      "(?:i am|i'm|i work as|we are) (?:a |an |the )?(?:\\w+ )?(?:manager|agent|representative|operator)|contact (?:person|details|number|email)",
      ['=انا مدير', '=انا موظف'],
    ),
  },
  {
    trigger: 5,
    hard: true,
    when: words(
      '(?:give|offer|get|have|want|need|ask(?:ing)?(?: for)?|any|some|special|bigger|extra|more|a|good|better|best|max(?:imum)?|what|corporate|company)(?: me| us)?(?: (?:a|an|some|any|your|the|is|special|better))* discounts?|\\d+ ?(?:%|percent|per cent) ?(?:discounts?|off|less|cheaper)|discounts? of \\d+|discounts? (?:please|for|on|if|possible|available)|(?:better|best|last|final|special|lowest) (?:price|rate|offer)(?! in)|price match|match (?:the|this|that|their|his) (?:price|offer|quote)|reduce the price|negotiat\\w*|deferred payment|pay later|instal?lments?|post-?dated|credit terms|credit facility|\\d+ days credit|pay after|custom(?:[- ]?(?:made|size[ds]?|design|colou?r|furniture|order))|customi[sz](?:e|ed|ation)|bespoke|made to (?:order|measure)|special (?:size|dimensions?|order)',
      [
        'خصم',
        'تخفيض',
        'تنزيل السعر',
        'نزل السعر',
        'آخر سعر',
        'أفضل سعر',
        'أحسن سعر',
        'تقسيط',
        'أقساط',
        'دفع آجل',
        'الدفع لاحقا',
        'تفصيل',
        'مقاس خاص',
        'مقاسات خاصة',
        'حسب الطلب',
      ],
    ),
    unless: words(
      'no discounts?|discount (?:code )?(?:policy|terms)|(?:without|not asking for) (?:a |any )?discounts?',
      ['بدون خصم', 'بالتفصيل', 'تفاصيل'],
    ),
  },
  {
    trigger: 15,
    hard: true,
    when: words('(?:fabric |colou?r |material |wood |leather |free )?(?:samples?|swatch(?:es)?)', [
      'عينة',
      'عينات',
    ]),
    unless: words('sample (?:quotation|quote|invoice|offer|contract)|for example', ['عينة من عرض']),
  },
  {
    trigger: 9,
    hard: false,
    when: words(
      '(?:visit|come (?:to|by|over|and see|see)|pass by|drop by|stop by|see (?:it|them|the \\w+) (?:in|at)|go to|view)[^.]{0,30}(?:showroom|shop|store|your office|your place|warehouse|you)|showroom (?:visit|appointment|tour)|appointment[^.]{0,20}showroom',
      [
        'أزور المعرض',
        'زيارة المعرض',
        'زيارة معرضكم',
        'أزوركم',
        'نزوركم',
        'أجي المعرض',
        'أجي معرضكم',
        'نزور المعرض',
        'أمر عليكم',
        'أشوف في المعرض',
        'أشوفها في المعرض',
      ],
    ),
    unless: words(
      '(?:for|our|my) (?:the )?(?:visitors?|showroom)|furnish\\w* [^.]{0,20}showroom|visit(?:or|ing) chairs?',
      ['كراسي زوار', 'معرضنا'],
    ),
  },
  {
    trigger: 12,
    hard: false,
    when: words(
      '(?:furnish\\w*|fit(?:ting)?[- ]?out|equip\\w*|set(?:ting)? up)[^.]{0,25} (?:whole|entire|full|complete|new|our|my|an|the) ?(?:new |whole |entire )?(?:office|company|branch|headquarters|hq|floor)|(?:whole|entire|full|complete) office|office from scratch',
      [
        'تأثيث مكتب',
        'تأثيث شركة',
        'تأثيث المكتب',
        'تجهيز مكتب',
        'تجهيز شركة',
        'مكتب كامل',
        'أثث مكتب',
        'نأثث',
      ],
    ),
  },
  {
    trigger: 13,
    hard: false,
    when: words(
      '(?:large|big|huge|major|mega) projects?|project (?:of|with|for) \\d{2,}|(?:tower|hotel|hospital|school|university) project|tender|rfq|boq',
      ['مشروع كبير', 'مشروع ضخم', 'مناقصة', 'مشروع فندق', 'مشروع برج'],
    ),
  },
  {
    trigger: 11,
    hard: false,
    when: words(
      'bulk (?:order|purchase|quantity|quantities)|(?:buy|order|purchase|buying|ordering) (?:\\w+ )?(?:in bulk|wholesale)|wholesale (?:order|purchase|buyer)|large quantit(?:y|ies)',
      ['شراء بالجملة', 'طلبية كبيرة', 'كميات كبيرة', 'كمية كبيرة', 'أشتري بالجملة'],
    ),
    unless: words('moq|minimum (?:order|quantity)|wholesale prices?', [
      'أقل كمية',
      'الحد الأدنى',
      'سعر الجملة',
    ]),
  },
  {
    trigger: 10,
    hard: false,
    when: words(
      "(?:we are|i am|i'm|we're|i have|we have|i run|i own|my company is|our company is)[^.]{0,40}(?:interior design\\w*|fit-?out (?:company|contractor|firm)|furniture (?:dealer|trader|reseller|company|shop|store|business)|resellers?|designers?|architects?|contracting company)",
      ['شركة تصميم داخلي', 'مصمم داخلي', 'شركة ديكور', 'تاجر أثاث', 'محل أثاث', 'شركة مقاولات'],
    ),
  },
];

/** "Speak to Ahmed", "with Mr Khan": names are capitalised, so this looks at the text as it was written. */
export const BY_NAME =
  /(?:[Ss]peak|[Tt]alk|[Cc]hat|[Cc]onnect me|[Mm]eet|[Dd]eal)(?:ing)? (?:to|with) (?:(?:Mr|Mrs|Ms|Miss|Eng)\.? \p{Lu}\p{L}+|(?!A |The |Your |Someone|Sales|Human|Manager|Customer|You|Treejar)\p{Lu}\p{Ll}{2,})|(?:مع|إلى|الى) (?:الأستاذ|الاستاذ|الأستاذة|السيد|السيدة|الأخ|المهندس) \p{L}+/u;

/** What never hands over by itself (domain 8.2, lesson F-26). */
export const NEVER_ALONE: readonly RegExp[] = [
  words('moq|minimum (?:order|quantity)|wholesale prices?|prices?|how much|cost|catalog(?:ue)?', [
    'سعر',
    'أسعار',
    'بكم',
    'كم',
    'الحد الأدنى',
    'كتالوج',
  ]),
  words('in stock|available|availability|do you (?:have|sell|offer)|have you got|looking for|show me|any', [
    'متوفر',
    'متاح',
    'موجود',
    'عندكم',
    'لديكم',
    'هل يوجد',
  ]),
  words(
    '(?:need|want|would like|order|take)|chairs?|desks?|tables?|sofas?|wardrobes?|beds?|cabinets?|furniture',
    ['أريد', 'أحتاج', 'أبغى', 'أبي', 'كرسي', 'كراسي', 'مكتب', 'طاولة', 'أثاث', 'خزانة', 'سرير'],
  ),
  words('my name is|our company|the company is|my e-?mail|address is|i am from|we are from', [
    'اسمي',
    'شركتنا',
    'عنواني',
    'بريدي',
    'ايميلي',
  ]),
  words('i (?:prefer|like|love)|black|white|grey|the (?:first|second|third)|yes|no|ok|okay|maybe', [
    'أفضل',
    'يعجبني',
    'أسود',
    'أبيض',
    '=نعم',
    '=لا',
    'تمام',
    '=اوكي',
  ]),
  words('hi|hello|hey|good (?:morning|afternoon|evening)|salam|thanks|thank you', [
    'السلام عليكم',
    'مرحبا',
    'أهلا',
    'هلا',
    'صباح الخير',
    'مساء الخير',
    'شكرا',
  ]),
  words('deliver\\w*|install\\w*|assembl\\w*|warranty|vat|payment', [
    'توصيل',
    'تركيب',
    'ضمان',
    'ضريبة',
    'دفع',
  ]),
];
