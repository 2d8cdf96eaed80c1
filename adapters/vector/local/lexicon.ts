/**
 * What the words of a furniture shop mean, in both languages, Gulf spellings and plurals included. It lets «كرسي مكتب»
 * find office chairs although no catalog item has an Arabic name (domain 12.9). One line per meaning; the words of a
 * line are separated by `|`. Words are compared after {@link normaliseText} and {@link stem}.
 */
import { normaliseText, stem, wordsOf } from './text.ts';

/** Kinds of things: they decide what an item is, and weigh more than its properties. */
const THINGS: Readonly<Record<string, string>> = {
  chair: 'chair|chairs|seating|كرسي|كراسي|كرسى|كراسى|مقعد|مقاعد|شير',
  stool: 'stool|stools|bar stool|ستول|كرسي بار|كراسي بار|كرسي عالي|تابوريه|بف',
  sofa: 'sofa|sofas|couch|settee|loveseat|lounge|كنب|كنبة|كنبات|كنبه|قنفة|قنفات|قنفه|صوفا|صوفه|أريكة|أرائك|اريكه|طقم جلوس',
  armchair: 'armchair|armchairs|lounge chair|كرسي بذراعين|فوتيه|كرسي لاونج',
  bench: 'bench|benches|beam seating|waiting seat|بنش|مقعد طويل|مقاعد انتظار|كراسي انتظار',
  desk: 'desk|desks|writing table|office table|computer table|مكتب|مكاتب|ميز مكتب|طاولة مكتب|طاولات مكتب|طاولة كمبيوتر|طاولة دراسة|دسك',
  table: 'table|tables|طاولة|طاولات|طاوله|طاولات|ميز|ميوز|تربيزة|تيبل',
  meeting_table:
    'meeting table|conference table|boardroom table|طاولة اجتماعات|طاولة اجتماع|طاولات اجتماعات|ميز اجتماعات|طاولة مؤتمرات',
  coffee_table:
    'coffee table|side table|centre table|center table|tea table|طاولة قهوة|طاولة وسط|طاولة جانبية|طاولة شاي|طاولات قهوة',
  reception_desk:
    'reception desk|reception counter|reception table|front desk|كاونتر|كونتر|كاونتر استقبال|مكتب استقبال|طاولة استقبال|ريسبشن|رسبشن',
  cabinet:
    'cabinet|cabinets|cupboard|cupboards|credenza|sideboard|wardrobe|filing|خزانة|خزائن|خزانه|خزانات|دولاب|دواليب|كبت|كبتات|كبات|كابينت|بوفيه',
  pedestal:
    'pedestal|pedestals|mobile drawer|drawer unit|drawer|drawers|درج|أدراج|دروج|ادراج|وحدة أدراج|جرار|جوارير',
  shelf:
    'shelf|shelves|shelving|bookcase|bookcases|bookshelf|bookshelves|rack|racks|رف|رفوف|أرفف|ارفف|مكتبة كتب|ستاند كتب',
  locker: 'locker|lockers|لوكر|لوكرات|خزانة ملابس معدنية|خزائن شخصية',
  workstation:
    'workstation|workstations|cluster|bench desk|cubicle|cubicles|محطة عمل|محطات عمل|وورك ستيشن|خلية عمل|خلايا عمل|كيوبيكل',
  partition:
    'partition|partitions|divider|dividers|screen|screens|privacy panel|acoustic panel|panel|بارتشن|بارتيشن|فاصل|فواصل|قواطع|قاطع|حاجز|حواجز|لوح عازل',
  pod: 'pod|pods|phone booth|booth|booths|meeting pod|كبينة|كبائن|كابينة هاتف|غرفة معزولة|بود',
  whiteboard: 'whiteboard|white board|board|flipchart|سبورة|سبورات|لوح كتابة|لوحة بيضاء',
  lamp: 'lamp|lamps|light|lights|lighting|lantern|مصباح|مصابيح|إضاءة|اضاءه|اباجورة|لمبة|ليت',
  cushion: 'cushion|cushions|pillow|lumbar pillow|وسادة|وسائد|مخدة|مخدات|مسند ظهر',
  footrest: 'footrest|foot rest|مسند قدم|مسند قدمين|مسند للقدم',
  monitor_arm: 'monitor arm|monitor stand|screen arm|حامل شاشة|ذراع شاشة|حامل شاشات',
  cable:
    'cable tray|cable management|power module|socket box|grommet|تمديدات|تنظيم الأسلاك|مخرج كهرباء|علبة كهرباء',
  safe: 'safe|safes|خزنة|خزنات|تجوري',
  bin: 'bin|bins|waste bin|trash|سلة|سلال|سلة مهملات',
  planter: 'planter|planters|plant|plants|نبات|نباتات|حوض زرع|زرع',
  carpet: 'carpet|carpets|rug|rugs|chair mat|floor mat|floor mats|سجاد|سجادة|موكيت',
  bed: 'bed|beds|سرير|أسرة|سراير',
  coat_stand: 'coat stand|coat hanger|hanger|شماعة|شماعات|علاقة ملابس',
  podium: 'podium|lectern|منصة|منبر',
};

/** What things are like, whom they are for, and what a shop is asked about. */
const PROPERTIES: Readonly<Record<string, string>> = {
  office: 'office|offices|task|work|staff|employee|مكتبي|مكتبية|اوفيس|موظف|موظفين|عمل|الدوام',
  ergonomic:
    'ergonomic|ergonomics|ergo|lumbar|back pain|posture|orthopedic|طبي|طبية|مريح|مريحة|ارجونومك|صحي|الظهر|دعم الظهر',
  executive:
    'executive|manager|director|ceo|boss|president|مدير|مدراء|تنفيذي|تنفيذية|رئيس|ادارة|إداري|اداريه',
  visitor: 'visitor|visitors|guest|guests|client chair|cantilever|زوار|زائر|ضيوف|ضيف|مراجعين',
  waiting: 'waiting|waiting area|lobby|انتظار|لوبي|صالة انتظار',
  reception: 'reception|استقبال',
  meeting: 'meeting|meetings|conference|boardroom|اجتماع|اجتماعات|مؤتمر|مؤتمرات|ميتنج',
  training: 'training|classroom|seminar|lecture|تدريب|قاعة|محاضرات|فصل دراسي',
  school: 'school|student|students|education|مدرسة|مدرسي|مدارس|طالب|طلاب',
  restaurant:
    'restaurant|cafe|cafeteria|dining|canteen|bistro|pantry|مطعم|مطاعم|كافيه|كوفي|كافتيريا|سفرة|طعام',
  outdoor: 'outdoor|garden|patio|terrace|خارجي|خارجية|حديقة|جلسات خارجية',
  gaming: 'gaming|gamer|قيمنق|جيمنج|العاب',
  home: 'home|house|منزل|منزلي|بيت|للبيت',
  mesh: 'mesh|net|breathable|شبك|شبكي|شبكية|ميش',
  leather: 'leather|leatherette|pu leather|جلد|جلدي|جلدية',
  fabric: 'fabric|upholstered|textile|cloth|velvet|linen|قماش|قماشي|مخمل|كتان',
  wood: 'wood|wooden|mdf|veneer|timber|melamine|خشب|خشبي|خشبية|ميلامين',
  walnut: 'walnut|جوز|جوزي',
  oak: 'oak|بلوط|سنديان',
  metal: 'metal|steel|iron|aluminium|aluminum|chrome|حديد|حديدي|معدن|معدني|معدنية|ستيل|المنيوم|كروم',
  glass: 'glass|tempered|زجاج|زجاجي|قزاز',
  plastic: 'plastic|polypropylene|pp|بلاستيك|بلاستيكي',
  black: 'black|blk|أسود|سوداء|اسود|سودا|سود',
  white: 'white|wht|أبيض|بيضاء|ابيض|بيضا|بيض',
  grey: 'grey|gray|charcoal|anthracite|رمادي|رمادية|رصاصي|رصاصية|سكني|فحمي',
  brown: 'brown|tan|cognac|بني|بنية|عسلي|هافان',
  blue: 'blue|navy|أزرق|زرقاء|ازرق|كحلي|نيلي',
  red: 'red|burgundy|أحمر|حمراء|احمر|عنابي',
  green: 'green|olive|أخضر|خضراء|اخضر|زيتي',
  beige: 'beige|cream|sand|بيج|كريمي|رملي',
  orange: 'orange|برتقالي',
  yellow: 'yellow|mustard|أصفر|صفراء|اصفر|خردلي',
  adjustable:
    'height adjustable|adjustable|sit stand|sit-stand|standing|electric|motorised|motorized|كهربائي|كهربائية|متحرك الارتفاع|قابل للتعديل|وقوف|يرتفع|ارتفاع متغير',
  wheels: 'wheels|castors|casters|rolling|mobile|عجلات|عجل|كفرات|متحرك|متحركة|بعجلات',
  armrest: 'armrest|armrests|arms|4d arms|ذراع|أذرع|مساند اليد|مسند يد|بذراعين|يدات',
  headrest: 'headrest|head rest|مسند رأس|مسند راس|للراس',
  folding: 'folding|foldable|flip top|قابل للطي|طي|ينطوي',
  stackable: 'stackable|stacking|قابل للتكديس|تكديس|ستاكابل',
  high_back: 'high back|highback|ظهر عالي|ظهر مرتفع',
  low_back: 'low back|mid back|medium back|ظهر منخفض|ظهر متوسط',
  round: 'round|circular|دائري|دائرية|مدور|مدورة|مستدير',
  rectangular: 'rectangular|مستطيل|مستطيلة',
  corner: 'l shape|l shaped|corner|زاوية|حرف l|ال شيب|زاويه',
  large: 'large|big|wide|xl|كبير|كبيرة|واسع',
  small: 'small|compact|mini|صغير|صغيرة|ميني',
  seater1: 'single seater|one seater|1 seater|مفرد|مقعد واحد|شخص واحد',
  seater2: 'two seater|2 seater|double seater|مقعدين|شخصين|ثنائي',
  seater3: 'three seater|3 seater|ثلاثي|ثلاث مقاعد|3 مقاعد',
  premium: 'premium|luxury|luxurious|high end|فاخر|فاخرة|فخم|فخمة|راقي',
  cheap: 'cheap|budget|affordable|economical|low cost|رخيص|رخيصة|أرخص|اقتصادي|اقتصادية|ارخص',
  storage: 'storage|store|archive|تخزين|حفظ|ارشيف|ملفات',
  lockable: 'lock|lockable|locking|قفل|مقفل|بقفل',
  acoustic: 'acoustic|soundproof|sound|noise|عازل صوت|عزل|صوت|ضوضاء',
  swivel: 'swivel|revolving|rotating|دوار|دوارة|يدور',
  delivery:
    'delivery|deliver|delivered|shipping|ship|transport|توصيل|التوصيل|توصلون|توصل|يوصل|شحن|نقل|تسليم|مدة التسليم',
  duration: 'how long|duration|lead time|days|weeks|when|مدة|كم يوم|أيام|متى|كم يستغرق|تستغرق',
  assembly: 'assembly|assemble|install|installation|installing|fitting|تركيب|تجميع|تركبون|التركيب|فك وتركيب',
  warranty: 'warranty|warranties|guarantee|guaranteed|ضمان|كفالة|الضمان|مضمون|ضمانات',
  sample: 'sample|samples|swatch|عينة|عينات|نموذج|نماذج',
  showroom:
    'showroom|visit|address|located|location|where|store location|branch|map|معرض|معرضكم|صالة عرض|زيارة|أزور|عنوان|موقع|موقعكم|وين|أين|فرع|مكانكم',
  payment:
    'payment|pay|paid|advance|deposit|instalment|installment|installments|credit|bank transfer|cheque|terms|دفع|الدفع|سداد|تقسيط|أقساط|مقدم|عربون|تحويل|شيك|بطاقة|آجل',
  vat: 'vat|tax|taxes|trn|ضريبة|الضريبة|القيمة المضافة|ضريبه',
  quotation: 'quotation|quotations|quote|proforma|offer|عرض سعر|عرض أسعار|عرض اسعار|تسعيرة|كوتيشن|عرض',
  validity: 'valid|validity|expire|expiry|صالح|صلاحية|ينتهي|ساري',
  discount:
    'discount|discounts|promo|promotion|sale|bulk price|wholesale|خصم|خصومات|تخفيض|تنزيلات|جملة|سعر الجملة',
  returns:
    'return|returns|refund|exchange|replace|replacement|claim|defect|damaged|إرجاع|ارجاع|استرجاع|استبدال|ترجيع|تالف|عيب',
  custom:
    'custom|customise|customize|customised|customized|bespoke|made to order|tailor made|special size|تفصيل|حسب الطلب|مخصص|مقاس خاص|تصنيع|حسب المقاس',
  design:
    'layout|layouts|drawing|drawings|floor plan|space planning|design|3d|تصميم|تصاميم|مخطط|مخططات|رسم|توزيع|دراسة مساحة',
  hours: 'opening hours|working hours|open|timing|timings|ساعات العمل|أوقات العمل|دوام|متى تفتحون|مواعيد',
  abroad:
    'ksa|saudi|saudi arabia|qatar|oman|kuwait|bahrain|gcc|export|outside uae|abroad|السعودية|قطر|عمان|الكويت|البحرين|الخليج|خارج الامارات|تصدير',
  emirates: 'uae|dubai|abu dhabi|sharjah|ajman|emirates|دبي|ابوظبي|أبوظبي|الشارقة|عجمان|الامارات|الإمارات',
  stock: 'stock|in stock|available|availability|ready|متوفر|متوفرة|مخزون|موجود|جاهز|جاهزة|توفر',
  price: 'price|prices|cost|costs|rate|how much|سعر|أسعار|اسعار|تكلفة|بكم|بكام|قيمة',
  service:
    'after sales|service|maintenance|repair|spare parts|صيانة|إصلاح|تصليح|قطع غيار|خدمة ما بعد البيع|خدمة',
  experience:
    'experience|years|founded|since|who are you|about you|company|خبرة|سنوات|شركتكم|من أنتم|تأسست|منذ',
  factory:
    'factory|factories|manufacturer|production|china|europe|imported|origin|made in|مصنع|مصانع|إنتاج|الصين|أوروبا|مستورد|صناعة|منشأ',
  competitor:
    'competitor|competitors|better offer|cheaper elsewhere|match price|other supplier|منافس|منافسين|عرض أفضل|أرخص عند|شركة ثانية',
  project:
    'project|projects|full office|whole office|fit out|fitout|furnish|furnishing|turnkey|مشروع|مشاريع|تأثيث|تجهيز|فرش مكتب|مكتب كامل',
  fast: 'fast|quick|urgent|urgently|asap|express|سريع|سريعة|مستعجل|عاجل|بسرعة',
  photo:
    'photo|photos|picture|pictures|image|images|catalog|catalogue|brochure|صورة|صور|كتالوج|كاتلوج|بروشور',
  alternative: 'alternative|alternatives|similar|option|options|instead|بديل|بدائل|مشابه|مماثل|خيارات',
  human: 'manager|human|agent|person|call me|موظف|شخص|اتصل|اتصال|مسؤول',
};

/** Sayings whose parts alone would mislead: `مكتب` is a desk, beside a chair it says what the chair is for. */
const PHRASES: Readonly<Record<string, readonly string[]>> = {
  'كرسي مكتب|كراسي مكتب|كرسي مكاتب|كراسي مكاتب|كرسي للمكتب|كراسي للمكتب|كرسي موظف|كراسي موظفين': [
    'chair',
    'office',
  ],
  'office chair|office chairs|task chair|desk chair|computer chair|work chair|staff chair': [
    'chair',
    'office',
  ],
  'كرسي كمبيوتر|كراسي كمبيوتر': ['chair', 'office'],
  'كرسي مدير|كراسي مدراء|كرسي تنفيذي|manager chair|boss chair': ['chair', 'executive'],
  'مكتب مدير|مكاتب مدراء|مكتب تنفيذي|manager desk': ['desk', 'executive'],
  'office desk|office desks|office table|مكتب موظف|مكاتب موظفين': ['desk', 'office'],
  'أثاث مكتبي|اثاث مكتبي|أثاث مكاتب|office furniture': ['office'],
  'standing desk|standing desks|sit stand desk|sit stand desks': ['desk', 'adjustable'],
  'light grey|light gray': ['grey'],
  'light blue': ['blue'],
  'light brown': ['brown'],
  'light green': ['green'],
  'light oak|light wood': ['oak', 'wood'],
  'training table|طاولة تدريب|طاولات تدريب': ['table', 'training'],
  'dining table|طاولة طعام|طاولة سفرة': ['table', 'restaurant'],
  'meeting chair|conference chair|كرسي اجتماعات|كراسي اجتماعات': ['chair', 'meeting'],
  'work station|work stations': ['workstation'],
  'book case|book shelf': ['shelf'],
  'خزانة ملفات|دولاب ملفات|كبت ملفات|filing cabinet|file cabinet': ['cabinet', 'storage'],
  'بطاقة ائتمان|credit card': ['payment'],
  'عرض السعر|عروض الأسعار': ['quotation'],
};

export const CONCEPT_WORDS_MAX = 3;

const toKey = (phrase: string): string => wordsOf(normaliseText(phrase)).map(stem).join(' ');

const CONCEPTS = new Map<string, readonly string[]>();
for (const [concept, words] of [...Object.entries(PROPERTIES), ...Object.entries(THINGS)]) {
  for (const word of words.split('|')) CONCEPTS.set(toKey(word), [concept]);
}
for (const [phrases, concepts] of Object.entries(PHRASES)) {
  for (const phrase of phrases.split('|')) CONCEPTS.set(toKey(phrase), concepts);
}

/** More general things a thing is also found as. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  armchair: ['chair', 'sofa'],
  stool: ['chair'],
  meeting_table: ['table', 'meeting'],
  coffee_table: ['table'],
  reception_desk: ['desk', 'reception'],
  pedestal: ['storage'],
  cabinet: ['storage'],
  locker: ['cabinet', 'storage'],
  shelf: ['storage'],
  bench: ['waiting'],
  workstation: ['desk', 'office'],
};

export interface Meanings {
  /** The meant ones first, then the more general ones. */
  readonly concepts: readonly string[];
  /** So many of them are meant. */
  readonly own: number;
}

/** Meanings of up to three stems joined by spaces; `undefined` when unknown. */
export const conceptsOf = (key: string): Meanings | undefined => {
  const found = CONCEPTS.get(key);
  return (
    found && { concepts: [...found, ...found.flatMap((concept) => ALSO[concept] ?? [])], own: found.length }
  );
};

/** Whether a meaning says what a thing is. */
export const isThing = (concept: string): boolean => concept in THINGS;
