/**
 * What touches say inside the window: built-in words, which the owner may replace by the setting `texts` (domain 24.7).
 * The second follow-up brings something new, the third is the last and offers a time (domain 17.9, 5.19).
 */
import type { Language } from '../language/language.ts';
import type { Touch } from './touch.ts';

type Localised = Readonly<Record<Language, string>>;

const BUILT_IN: Readonly<Record<string, Localised>> = {
  'followUp.1': {
    en: 'Hello {{name}}, did you have a chance to look at quotation {{number}}? If anything should be different, a quantity, a model or the delivery, tell me and I will adjust it.',
    ar: 'مرحبًا {{name}}، هل أتيحت لك فرصة الاطلاع على عرض السعر {{number}}؟ إن رغبت في تغيير أي شيء، كالكمية أو الموديل أو التوصيل، فأخبرني وسأعدّله لك.',
  },
  'followUp.2': {
    en: 'Hello {{name}}, about quotation {{number}}: if it helps your decision, I can put an alternative in another design or price range beside it, so that you can compare. Shall I?',
    ar: 'مرحبًا {{name}}، بخصوص عرض السعر {{number}}: إن كان ذلك يساعدك على القرار، فيمكنني أن أضع بجانبه بديلًا بتصميم آخر أو بفئة سعرية أخرى للمقارنة. هل أفعل؟',
  },
  'followUp.3': {
    en: 'Hello {{name}}, this is my last note about quotation {{number}}. If you would like to go on later, tell me a day that suits you and I will write to you then.',
    ar: 'مرحبًا {{name}}، هذه آخر رسالة مني بخصوص عرض السعر {{number}}. إن رغبت في المتابعة لاحقًا، فأخبرني بيوم يناسبك وسأكتب لك حينها.',
  },
  'quiet.1': {
    en: 'Hello {{name}}, is there anything else you would like to know about the furniture? I can prepare a quotation whenever you are ready.',
    ar: 'مرحبًا {{name}}، هل هناك شيء آخر تود معرفته عن الأثاث؟ يمكنني إعداد عرض سعر متى شئت.',
  },
  'quiet.2': {
    en: 'Hello {{name}}, if you tell me for how many people and which budget you are planning, I can suggest two or three fitting options.',
    ar: 'مرحبًا {{name}}، إن أخبرتني بعدد الأشخاص والميزانية التي تخطط لها، فيمكنني أن أقترح خيارين أو ثلاثة مناسبة.',
  },
  'quiet.3': {
    en: 'Hello {{name}}, I do not want to disturb you further. If your plans are for later, tell me a day that suits you and I will write to you then.',
    ar: 'مرحبًا {{name}}، لا أود إزعاجك أكثر. إن كانت خططك لوقت لاحق، فأخبرني بيوم يناسبك وسأكتب لك حينها.',
  },
  agreed: {
    en: 'Hello {{name}}, we agreed that I would write to you today about: {{about}}. How shall we go on?',
    ar: 'مرحبًا {{name}}، اتفقنا أن أكتب لك اليوم بخصوص: {{about}}. كيف نتابع؟',
  },
  payment: {
    en: 'Hello {{name}}, a short reminder about order {{number}}: the payment has not reached us yet. If you have paid already, please ignore this message; if you have a question about it, I am here.',
    ar: 'مرحبًا {{name}}، تذكير بسيط بخصوص الطلب {{number}}: لم تصلنا الدفعة بعد. إن كنت قد دفعت فتجاهل هذه الرسالة من فضلك، وإن كان لديك سؤال فأنا هنا.',
  },
  feedback: {
    en: 'Hello {{name}}, your order {{number}} has been delivered. May I ask you four short questions? First: how satisfied are you overall, from 1 (not at all) to 5 (very)?',
    ar: 'مرحبًا {{name}}، تم تسليم طلبك {{number}}. هل تسمح لي بأربعة أسئلة قصيرة؟ أولًا: ما مدى رضاك بشكل عام، من 1 (غير راضٍ) إلى 5 (راضٍ جدًا)؟',
  },
  'reactivation.30': {
    en: 'Hello {{name}}, it has been a while. If you are planning anything for your office, I can suggest fitting furniture and check prices and stock for you.',
    ar: 'مرحبًا {{name}}، مر وقت منذ آخر حديث لنا. إن كنت تخطط لأي شيء لمكتبك، فيمكنني اقتراح أثاث مناسب والتحقق من الأسعار والمخزون لك.',
  },
  'reactivation.90': {
    en: 'Hello {{name}}, this is {{assistantName}} of {{companyName}}. Is there a project coming up for which I could prepare an offer?',
    ar: 'مرحبًا {{name}}، معك {{assistantName}} من {{companyName}}. هل لديكم مشروع قادم يمكنني إعداد عرض له؟',
  },
};

const NAMES = {
  follow_up: 'followUp',
  quiet: 'quiet',
  agreed: 'agreed',
  payment: 'payment',
  feedback: 'feedback',
  reactivation: 'reactivation',
} as const;
const STEPLESS: ReadonlySet<string> = new Set(['agreed', 'payment', 'feedback']);

/** `followUp.2`, `agreed`: what texts and templates of a touch are called in the settings; a language follows. */
export const nameOfTouch = ({ kind, step }: Touch): string =>
  STEPLESS.has(kind) ? NAMES[kind] : `${NAMES[kind]}.${step}`;

/** Names under which the setting `texts` may replace a built-in text: `followUp.1.en`. */
export const TOUCH_TEXT_NAMES: readonly string[] = Object.keys(BUILT_IN).flatMap((name) => [
  `${name}.en`,
  `${name}.ar`,
]);

export type Blanks = Readonly<
  Record<'name' | 'number' | 'about' | 'assistantName' | 'companyName', string | null>
>;

/** Fills the blanks of a text; an unknown one disappears together with the space before it. */
export const fillBlanks = (text: string, blanks: Blanks): string =>
  text.replace(/( ?)\{\{(\w+)\}\}/g, (_, space: string, name: string) => {
    const value = Object.hasOwn(blanks, name) ? blanks[name as keyof Blanks] : null;
    return value === null ? '' : `${space}${value}`;
  });

/** The words of a touch: the owner's own where there are some, else the built-in ones. */
export const touchText = (
  touch: Touch,
  language: Language,
  own: Readonly<Record<string, string>>,
  blanks: Blanks,
): string => {
  const name = nameOfTouch(touch);
  const text = own[`${name}.${language}`]?.trim() || BUILT_IN[name]?.[language];
  if (text === undefined) throw new Error(`There is no text for the touch ${name}; add it to texts.ts.`);
  return fillBlanks(text, blanks);
};
