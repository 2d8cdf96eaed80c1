/** When a human is needed: the triggers of domain 8.1 that words alone can tell, by number. Pure. */
import { fold, pattern } from './text.ts';

export interface Trigger {
  readonly reason: number;
  /** Hand over now; otherwise a manager is told and the sale goes on (domain 8.2). */
  readonly hard: boolean;
  readonly summary: string;
}

interface Rule extends Trigger {
  readonly when: RegExp;
  readonly unless?: RegExp;
}

const COMPLAINT = pattern(
  /\b(complain(t|ing)?|terrible|awful|worst|unacceptable|angry|furious|scam|cheated|ridiculous|disappoint(ed|ing)|lawyer|sue you|legal action)\b/,
  ['شكوى', 'أشتكي', 'سيئ جدا', 'أسوأ', 'غير مقبول', 'زعلان', 'غاضب', 'نصابين', 'احتيال', 'محامي', 'مستاء'],
);
const RETURN = pattern(
  /\b(return|refund|exchange) (my|the|these|this|an?|it)\b|\brefund\b|\b(arrived|came|is|are) (broken|damaged|defective|scratched)\b|\bwarranty claim\b/,
  ['إرجاع', 'استرجاع', 'استرداد', 'مكسور', 'تالف', 'معيوب', 'وصل خربان'],
);
const NATIONALITY = pattern(
  /\b(arab|arabic(?:[- ]speaking)?|emirati|indian|pakistani|filipino|filipina|russian|egyptian|lebanese|british) (manager|sales ?m[ae]n|salesperson|person|agent|colleague|lady|guy)\b/,
  ['موظف عربي', 'مدير عربي', 'موظف هندي', 'موظف مصري', 'بائع عربي', 'مندوب عربي'],
);
const PHONE_CALL = pattern(
  /\b(call me(?! (?!please|pls|now|back|today|tomorrow|later|asap|soon|again)[a-z]+$)|(give|gave) me a call|phone call|call ?back|can (you|someone|somebody) (please )?(call|phone|ring)|ring me|over the phone)\b/,
  ['اتصل بي', 'اتصلوا', 'اتصل علي', 'مكالمة', 'كلمني', 'كلموني', 'تتصل بي', 'تتصلون'],
);
const HUMAN = pattern(
  /\b(human( being)?|real person|live (agent|person|chat)|representative|customer service)\b|\b(speak|talk|chat|connect me|transfer me|put me through)( \w+)? (to|with) (an?|some|the|your|any)? ?(\w+ )?(manager|person|agent|someone|somebody|human|sales(man|person|people)?|team|staff|colleague)\b|\b(stop|not|hate|don'?t want)\b.{0,20}\b(bot|robot|machine)\b/,
  [
    'إنسان',
    'شخص حقيقي',
    'بشري',
    'موظف حقيقي',
    'أتكلم مع موظف',
    'التحدث مع موظف',
    'التحدث إلى موظف',
    'أكلم موظف',
    'التحدث مع مدير',
    'التحدث إلى مدير',
    'خدمة العملاء',
    'أكلم المدير',
    'مندوب مبيعات',
  ],
);
const DISCOUNT = pattern(
  /\b(discount|better price|best price|last price|price match|deferred payment|pay later|installments?|instalments?|post-?dated|credit terms|custom(?:[- ]?(?:made|size|sized|design|colour|color))|customi[sz](?:e|ed|ation)|bespoke)\b/,
  ['خصم', 'تخفيض', 'تقسيط', 'أقساط', 'دفع آجل', 'تفصيل خاص', 'مقاس خاص', 'مقاسات خاصة', 'حسب الطلب'],
);
const SAMPLES = pattern(/\b(samples?|swatch(es)?)\b/, ['عينة', 'عينات']);
const DRAWING = pattern(
  /\b(here (is|are)|attached|sending|send you|i have|see) .{0,25}(floor ?plans?|layouts?|drawings?|cad)\b/,
  ['أرفقت المخطط', 'أرسلت المخطط', 'هذا المخطط', 'مخطط المكتب'],
);
const SHOWROOM_VISIT = pattern(
  /\b(visit|come (to|by|over|and see)|pass by|drop by|see (it|them) in)\b.{0,30}\b(showroom|shop|store|office|you)\b|\bvisit (your|the) showroom\b/,
  ['أزور المعرض', 'زيارة المعرض', 'أزوركم', 'نزوركم', 'أجي المعرض', 'نزور المعرض'],
);
const FULL_OFFICE = pattern(
  /\b(furnish(?:ing)?|fit(?:ting)? ?out|equip(?:ping)?)\b.{0,25}\b(whole|entire|full|new|our|my|an|the) ?(new |whole |entire )?office\b|\b(whole|entire|full|complete) office\b/,
  ['تأثيث مكتب', 'تأثيث شركة', 'تأثيث المكتب', 'تجهيز مكتب', 'مكتب كامل'],
);
const PROJECT = pattern(
  /\b(large|big|huge|major) project\b|\bproject (of|with|for) \d{2,}\b|\b(tower|hotel) project\b/,
  ['مشروع كبير', 'مشروع ضخم'],
);
const BULK = pattern(/\b(bulk (order|purchase)|in bulk|wholesale (order|purchase)|buy wholesale)\b/, [
  'شراء بالجملة',
  'طلبية كبيرة',
  'كميات كبيرة',
]);
const TRADE = pattern(
  /\b(we are|i am|i'm|we're)\b.{0,40}\b(interior design(ers?)?|fit-?out (company|contractor)|furniture (dealer|trader|reseller|company)|resellers?)\b/,
  ['شركة تصميم داخلي', 'شركة ديكور', 'تاجر أثاث'],
);
const QUESTION_OF_RULES = pattern(/\b(policy|policies|terms)\b/, ['سياسة', 'شروط']);
const PRICE_QUESTION = pattern(/\b(moq|minimum|price|how much)\b/, ['سعر', 'كم']);

/** In the order in which they win. Value triggers come last: they never silence a hard one. */
const RULES: readonly Rule[] = [
  { reason: 3, hard: true, summary: 'The customer complains or is angry.', when: COMPLAINT },
  {
    reason: 7,
    hard: true,
    summary: 'The customer has a return or a claim.',
    when: RETURN,
    unless: QUESTION_OF_RULES,
  },
  {
    reason: 18,
    hard: true,
    summary: 'The customer wants a manager of a given nationality.',
    when: NATIONALITY,
  },
  { reason: 17, hard: true, summary: 'The customer wants a phone call.', when: PHONE_CALL },
  { reason: 1, hard: true, summary: 'The customer asks for a human.', when: HUMAN },
  {
    reason: 5,
    hard: true,
    summary: 'The customer asks for terms beyond the approved ones (discount, payment or custom making).',
    when: DISCOUNT,
  },
  { reason: 15, hard: true, summary: 'The customer wants samples.', when: SAMPLES },
  { reason: 14, hard: true, summary: 'The customer sends a drawing or a floor plan.', when: DRAWING },
  { reason: 9, hard: false, summary: 'The customer wants to visit the showroom.', when: SHOWROOM_VISIT },
  { reason: 12, hard: false, summary: 'The customer furnishes a whole office.', when: FULL_OFFICE },
  { reason: 13, hard: false, summary: 'The customer has a large project.', when: PROJECT },
  {
    reason: 11,
    hard: false,
    summary: 'The customer wants to buy in bulk.',
    when: BULK,
    unless: PRICE_QUESTION,
  },
  { reason: 10, hard: false, summary: 'The customer is a trade company.', when: TRADE },
];

/** `speak to Ahmed`, `with Mr Khan`: names are capitalised, so this looks at the text as it was written. */
const BY_NAME =
  /(?:speak|talk|chat|connect me|meet) (?:to|with) (?:(?:Mr|Mrs|Ms|Miss)\.? \p{Lu}\p{L}+|(?!A |The |Your |Someone|Sales|Human|Manager)\p{Lu}\p{Ll}+)|(?:مع|إلى) (?:الأستاذ|الأستاذة|السيد|السيدة|الأخ) \p{L}+/u;

/** The trigger that a customer's words pull, or `null`. */
export const triggerIn = (original: string): Trigger | null => {
  if (BY_NAME.test(original))
    return { reason: 8, hard: true, summary: 'The customer asks for a manager by name.' };
  const text = fold(original);
  const rule = RULES.find(({ when, unless }) => when.test(text) && !unless?.test(text));
  return rule ? { reason: rule.reason, hard: rule.hard, summary: rule.summary } : null;
};
