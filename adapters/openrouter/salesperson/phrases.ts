/** The salesperson's own words. Figures never stand here: they come from tool results. */
import type { Language } from './move.ts';

type Phrase = Readonly<Record<Language, string>>;

export const PHRASES = {
  offerHelp: {
    en: 'I can help you choose office furniture that fits your task. Tell me what you would like to furnish and I will show you options.',
    ar: 'يسعدني مساعدتك في اختيار أثاث مكتبي يناسب احتياجك. أخبرني بما تود تأثيثه وسأعرض عليك الخيارات.',
  },
  needQuestion: { en: 'What are you looking for today?', ar: 'ما الذي تبحث عنه اليوم؟' },
  askName: { en: 'How may I address you?', ar: 'كيف تحب أن أناديك؟' },
  askCompany: { en: 'Which company is the furniture for?', ar: 'لأي شركة هذا الأثاث؟' },
  askQuantity: { en: 'How many pieces do you need?', ar: 'كم قطعة تحتاج؟' },
  askWhichSuits: { en: 'Which of these suits you best?', ar: 'أي منها يناسبك أكثر؟' },
  askWhichItem: { en: 'Which one do you mean?', ar: 'أيها تقصد؟' },
  askMore: { en: 'Would you like to add anything else?', ar: 'هل تود إضافة شيء آخر؟' },
  askAnythingElse: { en: 'What else can I help you with?', ar: 'بماذا أساعدك أيضًا؟' },
  askBudget: {
    en: 'What budget per piece should I keep to?',
    ar: 'ما الميزانية المناسبة لك للقطعة الواحدة؟',
  },
  clarify: {
    en: 'I want to be sure I help you with the right thing. Could you tell me a little more: which furniture do you need and for what?',
    ar: 'أريد أن أتأكد من أنني أساعدك كما يجب. هل تخبرني المزيد: أي أثاث تحتاج ولأي غرض؟',
  },
  youAreWelcome: {
    en: 'You are welcome! I am here whenever you need anything for your office.',
    ar: 'على الرحب والسعة! أنا هنا متى احتجت أي شيء لمكتبك.',
  },
  goodbye: {
    en: 'Thank you for writing to us. Have a good day!',
    ar: 'شكرًا لتواصلك معنا. نتمنى لك يومًا سعيدًا!',
  },
  iAmAssistant: {
    en: 'I am a virtual assistant. If you prefer a person, just say so and a colleague can join this chat.',
    ar: 'أنا مساعدة افتراضية. إذا كنت تفضل التحدث مع شخص فأخبرني، ويمكن لأحد الزملاء الانضمام إلى هذه المحادثة.',
  },
  found: { en: 'Here is what we have for you:', ar: 'هذا ما لدينا لك:' },
  foundCheaper: { en: 'I understand. These cost less:', ar: 'أتفهم ذلك. هذه خيارات أقل سعرًا:' },
  noCheaper: {
    en: 'I understand. I found nothing of this kind at a lower price in our catalog.',
    ar: 'أتفهم ذلك. لم أجد في كتالوجنا شيئًا من هذا النوع بسعر أقل.',
  },
  overBudget: {
    en: 'I found nothing within your budget. Above it, these come closest:',
    ar: 'لم أجد شيئًا ضمن ميزانيتك. الأقرب إليها بسعر أعلى:',
  },
  nothingFound: {
    en: 'I found nothing like that in our catalog.',
    ar: 'لم أجد شيئًا كهذا في كتالوجنا.',
  },
  catalogDown: {
    en: 'I am sorry, I could not check the catalog just now.',
    ar: 'عذرًا، لم أتمكن من مراجعة الكتالوج الآن.',
  },
  knowledgeDown: {
    en: 'I am sorry, I could not look that up just now.',
    ar: 'عذرًا، لم أتمكن من التحقق من ذلك الآن.',
  },
  knowledgeMissing: {
    en: 'I have no confirmed information on that, and I do not want to guess.',
    ar: 'لا تتوفر لدي معلومة مؤكدة عن ذلك، ولا أريد أن أخمّن.',
  },
  knowledgePassed: {
    en: 'I have passed the question to a colleague.',
    ar: 'وقد حوّلت السؤال إلى أحد الزملاء.',
  },
  sorry: { en: 'I am sorry about this.', ar: 'أعتذر عن ذلك.' },
  handedOver: {
    en: 'I have passed this to a colleague, who will continue with you here in this chat.',
    ar: 'حوّلت طلبك إلى أحد الزملاء، وسيتابع معك هنا في هذه المحادثة.',
  },
  alerted: { en: 'I have let a colleague know as well.', ar: 'وقد أبلغت أحد الزملاء أيضًا.' },
  handOverFailed: {
    en: 'I could not bring a colleague in from here just now.',
    ar: 'لم أتمكن من تحويلك إلى أحد الزملاء الآن.',
  },
  selection: { en: 'I have noted:', ar: 'سجلت طلبك:' },
  selectionFailed: {
    en: 'I am sorry, I could not note that just now.',
    ar: 'عذرًا، لم أتمكن من تسجيل ذلك الآن.',
  },
  selectionAmbiguous: {
    en: 'There are several items by that number:',
    ar: 'هناك أكثر من منتج بهذا الرقم:',
  },
  several: { en: 'I showed you several items:', ar: 'عرضت عليك أكثر من منتج:' },
  noted: { en: 'Thank you, I have noted that.', ar: 'شكرًا، سجلت ذلك.' },
  notNoted: { en: 'I am sorry, I could not note that just now.', ar: 'عذرًا، لم أتمكن من تسجيل ذلك الآن.' },
  quoteNeedsItems: {
    en: 'Gladly. Which items and how many of each should the quotation cover?',
    ar: 'بكل سرور. ما المنتجات والكميات التي تريدها في عرض السعر؟',
  },
  quoteDetails: {
    en: 'This is what the quotation would cover.',
    ar: 'هذا ما سيشمله عرض السعر.',
  },
  exact: {
    en: 'I want to be exact with you, so let me put it simply.',
    ar: 'أحب أن أكون دقيقًا معك، لذلك سأوضح الأمر ببساطة.',
  },
} satisfies Record<string, Phrase>;

export type PhraseName = keyof typeof PHRASES;

export const phrase = (name: PhraseName, language: Language): string => PHRASES[name][language];

/** The assistant's own name in Arabic letters; other names stay as the shop set them. */
const ARABIC_NAMES: Readonly<Record<string, string>> = { Noor: 'نور' };

/** Domain 5.1: a greeting, the assistant's name and the company's name. */
export const introduction = (assistant: string, company: string, language: Language): string =>
  language === 'ar'
    ? `مرحبًا، أنا ${ARABIC_NAMES[assistant] ?? assistant} من ${company}.`
    : `Hello, I'm ${assistant} from ${company}.`;

export const pleased = (name: string, language: Language): string =>
  language === 'ar' ? `تشرفنا بك، ${name}.` : `Nice to meet you, ${name}.`;

export const unknownItems = (skus: readonly string[], language: Language): string =>
  language === 'ar'
    ? `لم أجد في كتالوجنا: ${skus.join('، ')}.`
    : `I could not find in our catalog: ${skus.join(', ')}.`;

export const couldNotCheck = (sku: string, language: Language): string =>
  language === 'ar'
    ? `عذرًا، لم أتمكن من التحقق من ${sku} الآن.`
    : `I am sorry, I could not check ${sku} just now.`;
