/** The salesperson's own words. Figures never stand here: they come from tool results. */
import type { Language } from './move.ts';

/** Several wordings of one thing take turns: nobody likes to read the same sentence twice. */
type Phrase = Readonly<Record<Language, string | readonly string[]>>;

export const PHRASES = {
  offerHelp: {
    en: 'I can help you choose office furniture that fits your task. Tell me what you would like to furnish and I will show you options.',
    ar: 'يسعدني مساعدتك في اختيار أثاث مكتبي يناسب احتياجك. أخبرني بما تود تأثيثه وسأعرض عليك الخيارات.',
  },
  needQuestion: {
    en: [
      'What are you looking for today?',
      'Which furniture do you have in mind?',
      'What would you like to furnish?',
    ],
    ar: ['ما الذي تبحث عنه اليوم؟', 'أي أثاث يدور في بالك؟', 'ماذا تود أن تؤثث؟'],
  },
  askName: { en: 'How may I address you?', ar: 'كيف تحب أن أناديك؟' },
  askCompany: { en: 'Which company is the furniture for?', ar: 'لأي شركة هذا الأثاث؟' },
  askQuantity: { en: 'How many pieces do you need?', ar: 'كم قطعة تحتاج؟' },
  askWhichAndHowMany: {
    en: 'Which of these suits you best, and how many do you need?',
    ar: 'أي منها يناسبك أكثر، وكم قطعة تحتاج؟',
  },
  askWhichSuits: { en: 'Which of these suits you best?', ar: 'أي منها يناسبك أكثر؟' },
  askWhichItem: { en: 'Which one do you mean?', ar: 'أيها تقصد؟' },
  askMore: {
    en: ['Would you like to add anything else?', 'Is there anything else for the office?'],
    ar: ['هل تود إضافة شيء آخر؟', 'هل تحتاج شيئًا آخر للمكتب؟'],
  },
  askSuits: { en: 'Does the offer suit you?', ar: 'هل يناسبك العرض؟' },
  askQuote: {
    en: 'Shall I prepare a written quotation (PDF) for you?',
    ar: 'هل أجهّز لك عرض سعر مكتوبًا (PDF)؟',
  },
  cancelled: {
    en: 'Done, your selection is cleared and nothing is ordered.',
    ar: 'تم، أفرغت قائمة اختيارك ولم يُطلب شيء.',
  },
  nothingToCancel: {
    en: 'There is nothing to cancel: nothing is ordered.',
    ar: 'لا يوجد ما يُلغى: لم يُطلب شيء.',
  },
  again: { en: 'Gladly, once more:', ar: 'بكل سرور، مرة أخرى:' },
  compared: { en: 'Side by side:', ar: 'المقارنة:' },
  fine: { en: ['Great.', 'Good.'], ar: ['ممتاز.', 'جميل.'] },
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
  found: {
    en: ['Here is what we have for you:', 'These would fit:', 'I would suggest these:'],
    ar: ['هذا ما لدينا لك:', 'هذه تناسب طلبك:', 'أقترح عليك هذه:'],
  },
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
  noted: {
    en: ['Thank you, I have noted that.', 'Thanks, noted.'],
    ar: ['شكرًا، سجلت ذلك.', 'تمام، سجلت ذلك. شكرًا لك.'],
  },
  quoteReady: {
    en: 'Thank you, that is everything I need for your quotation.',
    ar: 'شكرًا، هذا كل ما أحتاجه لإعداد عرضك.',
  },
  quoteRefused: {
    en: 'Of course, then without a quotation. I am glad to help you choose.',
    ar: 'بالتأكيد، من دون عرض إذن. يسعدني مساعدتك في الاختيار.',
  },
  quoteApproved: {
    en: 'Thank you for approving the offer! I have passed it to a colleague for the next steps.',
    ar: 'شكرًا لاعتمادك العرض! حوّلته إلى أحد الزملاء للخطوات التالية.',
  },
  quoteRejected: {
    en: 'I understand, thank you for telling me.',
    ar: 'أتفهم ذلك، شكرًا لإخباري.',
  },
  askWhatSuits: { en: 'What would have suited you better?', ar: 'ما الذي كان سيناسبك أكثر؟' },
  notNow: { en: 'That is not possible from here just now.', ar: 'هذا غير ممكن من هنا الآن.' },
  noOrder: {
    en: 'I see no order under your number yet.',
    ar: 'لا أرى طلبًا مسجلًا على رقمك حتى الآن.',
  },
  orderUnknown: {
    en: 'I cannot check the order just now.',
    ar: 'لا أستطيع التحقق من الطلب الآن.',
  },
  orders: { en: 'This is how it stands:', ar: 'هذه حالة طلبك:' },
  photos: { en: 'Here is how it looks.', ar: 'هكذا يبدو.' },
  noPhotos: {
    en: 'I have no picture of it at hand.',
    ar: 'لا تتوفر لدي صورة له الآن.',
  },
  silence: {
    en: 'Understood: no more messages from us. You can always write here if you need anything.',
    ar: 'حسنًا، لن تصلك رسائل أخرى منا. يمكنك الكتابة هنا متى احتجت أي شيء.',
  },
  nextContact: {
    en: 'Agreed, until then. I am here whenever you need anything earlier.',
    ar: 'اتفقنا، إلى ذلك الحين. أنا هنا إن احتجت أي شيء قبل ذلك.',
  },
  referralCode: {
    en: 'Gladly, here is your code for a friend who is new to us. It can be used once:',
    ar: 'بكل سرور، هذا رمزك لصديق جديد لدينا، ويُستخدم مرة واحدة:',
  },
  codeUsed: {
    en: 'Thank you, your friend’s code is accepted, and its discount is taken off for you.',
    ar: 'شكرًا لك، قُبل رمز صديقك وسيُطبَّق خصمه على طلبك.',
  },
  codeRefused: {
    en: 'I am sorry, this code cannot be used.',
    ar: 'عذرًا، لا يمكن استخدام هذا الرمز.',
  },
  farewell: {
    en: 'Thank you for telling me. You are welcome any time.',
    ar: 'شكرًا لإخباري. أهلًا بك في أي وقت.',
  },
  feedback: { en: 'Thank you for your rating.', ar: 'شكرًا لتقييمك.' },
  notNoted: { en: 'I am sorry, I could not note that just now.', ar: 'عذرًا، لم أتمكن من تسجيل ذلك الآن.' },
  quoteNeedsItems: {
    en: [
      'Gladly. Which items and how many of each should the quotation cover?',
      'Only the items are open now: which ones, and how many of each?',
    ],
    ar: [
      'بكل سرور. ما المنتجات والكميات التي تريدها في عرض السعر؟',
      'بقيت المنتجات فقط لعرض السعر: أيها، وكم قطعة من كل منها؟',
    ],
  },
  quoteDetails: {
    en: 'This is what the quotation would cover.',
    ar: 'هذا ما سيشمله عرض السعر.',
  },
  exact: {
    en: 'I want to be exact with you, so let me put it simply.',
    ar: 'أحب أن تكون إجابتي دقيقة، لذلك سأوضح الأمر ببساطة.',
  },
} satisfies Record<string, Phrase>;

export type PhraseName = keyof typeof PHRASES;

/** The number of `replies` (ours, newest first) chooses between wordings; one that they just held is left out. */
export const phrase = (name: PhraseName, language: Language, replies: readonly string[] = []): string => {
  const wording: string | readonly string[] = PHRASES[name][language];
  if (typeof wording === 'string') return wording;
  const turned = wording.map((_, index) => wording[(replies.length + index) % wording.length] ?? '');
  const recent = replies.slice(0, RECENT_REPLIES).join('\n');
  return turned.find((words) => !recent.includes(words)) ?? turned[0] ?? '';
};

const RECENT_REPLIES = 2;

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

/** Of one article among several, by its number: a name may be long. */
export const howMany = (sku: string, language: Language): string =>
  language === 'ar' ? `كم قطعة تحتاج من ${sku}؟` : `How many of ${sku} do you need?`;

/** Nothing was found of one of several kinds. */
export const noneOf = (query: string, language: Language): string =>
  language === 'ar' ? `لم أجد في كتالوجنا: ${query}.` : `I found nothing for this in our catalog: ${query}.`;
