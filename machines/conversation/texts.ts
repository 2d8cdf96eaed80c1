/** The few sentences that the machine says itself, in both languages. The model owns all other wording (lesson F-22). */
import type { DialogueLine, Language } from './context.ts';
import type { MessageKind } from './events.ts';

type Localised = Readonly<Record<Language, string>>;

const HOLDING: Localised = {
  en: 'One moment please, I am checking that for you.',
  ar: 'لحظة من فضلك، أتحقق من ذلك لك.',
};

const HANDED_OVER: Localised = {
  en: 'Thank you. I have passed this to a colleague, who will continue with you here in this chat.',
  ar: 'شكرًا لك. حوّلت طلبك إلى أحد الزملاء، وسيتابع معك هنا في هذه المحادثة.',
};

/** A customer who complains or claims is not thanked for it (domain 8.1, triggers 3 and 7). */
const HANDED_OVER_SORRY: Localised = {
  en: 'I am sorry about this. I have passed it to a colleague, who will continue with you here in this chat.',
  ar: 'أعتذر عما حدث. حوّلت الأمر إلى أحد الزملاء، وسيتابع معك هنا في هذه المحادثة.',
};
const COMPLAINTS: ReadonlySet<number | null> = new Set([3, 7]);

const STILL_WAITING: Localised = {
  en: 'My colleague has this message too and will answer you here.',
  ar: 'وصلت رسالتك هذه أيضًا إلى زميلي، وسيرد عليك هنا.',
};

const OPTED_OUT: Localised = {
  en: 'Understood. You will not receive messages from us any more. Whenever you need something, just write here.',
  ar: 'تم. لن تصلك رسائل منا بعد الآن. إن احتجت إلى شيء في أي وقت فاكتب لنا هنا.',
};

/** Who speaks, before the first thing that the customer ever hears from us (domain 5.1). */
export interface Introducing {
  readonly language: Language;
  readonly replies: number;
  readonly briefing: { readonly assistantName: string; readonly companyName: string };
}

/** The default name in Arabic letters; another one stays as the shop set it. */
const ARABIC_NAMES: Readonly<Record<string, string>> = { Noor: 'نور' };

/** A line of the machine's own, with the introduction when it is the first reply. */
export const introduced = (line: string, { language, replies, briefing }: Introducing): string => {
  if (replies > 0) return line;
  const { assistantName, companyName } = briefing;
  return language === 'ar'
    ? `مرحبًا، أنا ${ARABIC_NAMES[assistantName] ?? assistantName} من ${companyName}.\n\n${line}`
    : `Hello, I'm ${assistantName} from ${companyName}.\n\n${line}`;
};

/** Wordings of one thing: nothing is said twice word by word while there is another way to say it. */
type Wordings = readonly [Localised, ...Localised[]];

const MODEL_DOWN: Wordings = [
  {
    en: 'Sorry, I cannot answer this right now. I have told a colleague, who will see your message here.',
    ar: 'عذرًا، لا أستطيع الرد على هذا الآن. أبلغت أحد الزملاء وسيرى رسالتك هنا.',
  },
  {
    en: 'I am sorry, this still does not work on my side. Your message is with a colleague too, so it is not lost.',
    ar: 'أعتذر، ما زالت هناك مشكلة لديّ. رسالتك وصلت أيضًا إلى أحد الزملاء ولن تضيع.',
  },
  {
    en: 'Thank you for your patience. I still cannot answer by myself; a colleague has this message as well.',
    ar: 'شكرًا على صبرك. ما زلت لا أستطيع الرد بنفسي، وقد وصلت رسالتك هذه أيضًا إلى أحد الزملاء.',
  },
];

const VOICE: Wordings = [
  {
    en: 'Thank you for the voice note. I cannot listen to it here; could you type your request, please?',
    ar: 'شكرًا على الرسالة الصوتية. لا أستطيع الاستماع إليها هنا، هل يمكنك كتابة طلبك من فضلك؟',
  },
  {
    en: 'This voice note did not come through clearly either. A few written words are enough for me to help.',
    ar: 'هذه الرسالة الصوتية لم تصل بوضوح أيضًا. تكفيني بضع كلمات مكتوبة لأساعدك.',
  },
];

const FILE: Wordings = [
  {
    en: 'Thank you, I have received your file and told a colleague, who will look at it. What would you like it to help with?',
    ar: 'شكرًا، استلمت الملف وأبلغت أحد الزملاء ليطّلع عليه. بماذا تود أن نساعدك فيه؟',
  },
  {
    en: 'This one has arrived as well, and my colleague will see it together with the first.',
    ar: 'وصل هذا الملف أيضًا، وسيطّلع عليه زميلي مع الأول.',
  },
  {
    en: 'Received too, thank you. A colleague has all of your files now.',
    ar: 'وصل هذا كذلك، شكرًا لك. كل ملفاتك الآن عند أحد الزملاء.',
  },
];

/** What was said before: the language to go on in, and our own lines. */
export interface Spoken {
  readonly language: Language;
  readonly dialogue: readonly Pick<DialogueLine, 'from' | 'text'>[];
}

/** The first wording that the customer has not read yet. */
const unsaid = (wordings: Wordings, { language, dialogue }: Spoken): string => {
  const said = new Set(dialogue.filter(({ from }) => from === 'bot').map(({ text }) => text));
  return (wordings.find((wording) => !said.has(wording[language])) ?? wordings[0])[language];
};

const DECISIONS: Readonly<Record<'confirm' | 'reject', Localised>> = {
  confirm: {
    en: 'Good news: my colleague has confirmed your order. We will send you the next steps here.',
    ar: 'خبر سار: أكد زميلي طلبك، وسنرسل لك الخطوات التالية هنا.',
  },
  reject: {
    en: 'My colleague has checked your order and we cannot do it as it is. Would you like me to suggest an alternative?',
    ar: 'راجع زميلي طلبك، ولا يمكننا تنفيذه كما هو. هل تود أن أقترح عليك بديلاً؟',
  },
};

/** A manager's word on a concrete order, as the customer reads it (domain 8.6). */
export const decisionLine = (decision: 'confirm' | 'reject', language: Language): string =>
  DECISIONS[decision][language];

export const holdingLine = (language: Language): string => HOLDING[language];
/** `trigger`: why (domain 8.1); null: for no numbered reason. */
export const handedOverLine = (language: Language, trigger: number | null = null): string =>
  (COMPLAINTS.has(trigger) ? HANDED_OVER_SORRY : HANDED_OVER)[language];
export const stillWaitingLine = (language: Language): string => STILL_WAITING[language];
/** Confirms a wish for silence, once (domain 20.1). */
export const optedOutLine = (language: Language): string => OPTED_OUT[language];
export const modelDownLine = (spoken: Spoken): string => unsaid(MODEL_DOWN, spoken);

/** What to say to a burst that holds no words at all (domain 16.5, 16.6; lesson F-41). */
export const mediaOnlyLine = (kind: MessageKind, spoken: Spoken): string =>
  unsaid(kind === 'audio' || kind === 'missed_call' ? VOICE : FILE, spoken);
