/** What each state of the conversation means, in Arabic, by the sentence of the machine. */
export const describedAr: Readonly<Record<string, string>> = {
  'Looks the phone up in the CRM in several spellings (domain 11.1).': 'يبحث عن الرقم في CRM بعدة صيغ.',
  'A new contact is made once (domain 11.1, 11.2).': 'تُنشأ جهة اتصال جديدة مرة واحدة.',
  'The CRM refused the contact; the next message tries again.':
    'رفض CRM جهة الاتصال؛ تُعاد المحاولة مع الرسالة التالية.',
  'The CRM could not be asked; the next message tries again.':
    'تعذّر سؤال CRM؛ تُعاد المحاولة مع الرسالة التالية.',
  'The assistant answers.': 'يجيب المساعد.',
  'Handed over; nobody speaks until a person does (domain 8.4).':
    'حُوّلت المحادثة؛ لا يتكلم أحد حتى يتكلم شخص.',
  'A manager answered in Telegram; the assistant is silent until the answer was sent.':
    'أجاب مدير في Telegram؛ يصمت المساعد حتى يُرسل الجواب.',
  'Puts the manager’s draft into the customer’s language and tone; figures stay as they are.':
    'يصوغ مسودة المدير بلغة العميل وأسلوبه، وتبقى الأرقام كما هي.',
  'The answer is on its way; the conversation is given back once it was sent.':
    'الجواب في طريقه؛ تعود المحادثة إلى المساعد بعد إرساله.',
  'A person speaks; the assistant is silent until the chat is given back (domain 8.12).':
    'يتكلم شخص؛ يصمت المساعد حتى تُعاد إليه المحادثة.',
  'The person has been silent for long: the chat is offered back, and a manager is told again.':
    'صمت الشخص طويلًا: تُعرض إعادة المحادثة ويُنبَّه مدير من جديد.',
  'Nobody spoke of a quotation yet.': 'لم يُذكر عرض السعر بعد.',
  'The customer wants it later; selling goes on, and a later wish is enough.':
    'يريده العميل لاحقًا؛ يستمر البيع، ويكفي أن يطلبه بعد ذلك.',
  'No quotation, until the customer asks for one anew (domain 9.23). Selling goes on (lesson F-07).':
    'لا عرض سعر حتى يطلبه العميل من جديد. يستمر البيع.',
  'The customer wants a quotation: the only state in which one may be made (lesson F-06).':
    'يريد العميل عرض سعر: هذه هي الحالة الوحيدة التي يجوز فيها إعداده.',
  'Looking around; nothing is chosen.': 'يتصفح العميل؛ لم يُختر شيء.',
  'Items and quantities are being chosen.': 'تُختار الأصناف والكميات.',
  'Several articles fit; the question stays open through interruptions (domain 12.11, lesson F-12).':
    'تناسب عدة أصناف؛ يبقى السؤال مفتوحًا رغم المقاطعات.',
  'How many? The question stays open through interruptions (domain 3.8, lesson F-02).':
    'كم العدد؟ يبقى السؤال مفتوحًا رغم المقاطعات.',
  'Items and quantities are known; no quotation is wanted yet.':
    'الأصناف والكميات معروفة؛ لم يُطلب عرض سعر بعد.',
  'A quotation is wanted; the missing details are gathered (domain 9.1).':
    'عرض السعر مطلوب؛ تُجمع البيانات الناقصة.',
  'A quotation is being made: only with consent, complete, and while the assistant speaks (domain 9.1).':
    'يُعدّ عرض سعر: فقط بموافقة العميل وببيانات كاملة وما دام المساعد هو المتكلم.',
  'The order is made in Inventory, once, and read back; prices are compared with what was told (domain 9.18).':
    'يُنشأ الطلب في Inventory مرة واحدة ثم يُقرأ، وتُقارن الأسعار بما قيل للعميل.',
  'The paper is drawn and kept.': 'يُعدّ المستند ويُحفظ.',
  'The paper goes out once, after the answer that announces it.':
    'يُرسل المستند مرة واحدة بعد الجواب الذي يعلن عنه.',
  'An answer that is under way goes first.': 'يُرسل أولًا الجواب الذي في طريقه.',
  'The PDF is being sent.': 'يُرسل ملف PDF.',
  'The customer has the quotation (domain 9.22).': 'وصل عرض السعر إلى العميل.',
  'Asked whether the offer suits: a plain yes counts now (domain 9.22).':
    'سُئل العميل هل يناسبه العرض: تكفي الآن كلمة نعم.',
  'The customer thinks it over.': 'العميل يفكر.',
  'The quotation does not suit yet; a new revision may follow (domain 9.16, 9.22).':
    'العرض لا يناسب بعد؛ قد تتبعه نسخة معدّلة.',
  'A new request: the old order is history and leaks nothing (lesson F-04).':
    'طلب جديد: الطلب القديم صار من الماضي ولا يؤثر في الجديد.',
  'The customer accepted; a person arranges invoice and delivery (domain 9.22).':
    'قبل العميل؛ يرتّب شخص الفاتورة والتسليم.',
  'The order is paid.': 'دُفع ثمن الطلب.',
  'The order is delivered.': 'سُلّم الطلب.',
  'Refused, expired or never answered. A new wish begins a new order.':
    'رُفض أو انتهت صلاحيته أو لم يُجب عنه. طلب جديد يبدأ من أول.',
  'Nothing is wanted clearly enough, or the CRM does not know the customer yet.':
    'لا رغبة واضحة بعد، أو أن CRM لا يعرف العميل بعد.',
  'One deal for an order: a repeat finds the one that is there.':
    'صفقة واحدة لكل طلب: التكرار يجد الصفقة القائمة.',
  'The CRM says what is true.': 'المرجع هو ما في CRM.',
  'One change after the other, so that a slow one never undoes a newer one.':
    'تغيير بعد آخر، حتى لا يمحو تغيير بطيء ما هو أحدث.',
  'The CRM refused; the next message of the customer tries again.':
    'رفض CRM؛ تُعاد المحاولة مع رسالة العميل التالية.',
  'Nothing to answer.': 'لا شيء ينتظر جوابًا.',
  'Waits for the end of a burst: people write one thought in several messages (domain 4.5). Looks up what it is about meanwhile.':
    'ينتظر نهاية الدفعة: يكتب الناس الفكرة في عدة رسائل. ويبحث في الأثناء عن موضوعها.',
  'Fetches prompts, products and knowledge for the burst, and waits a moment for the CRM.':
    'يجلب التعليمات والمنتجات والمعرفة لهذه الرسائل وينتظر CRM لحظة.',
  'Turns voice notes into words; from then on they are text (domain 16.5).':
    'يحوّل الرسائل الصوتية إلى كلمات، ثم تُعامل كنص.',
  'Looks at pictures: a plan is a person’s, a product is searched for (domain 16.6).':
    'ينظر في الصور: المخطط لشخص مختص، والمنتج يُبحث عنه.',
  'Waits for the look-up, or begins it where the burst has ended with other words.':
    'ينتظر البحث، أو يبدؤه إن انتهت الدفعة بكلمات أخرى.',
  'A slow CRM may hold an answer up only for a moment (domain 11.13).': 'لا يؤخر CRM البطيء الجواب إلا لحظة.',
  'One call of the model.': 'استدعاء واحد للنموذج.',
  'Runs what the model asked for: reads side by side, changes through guards.':
    'ينفّذ ما طلبه النموذج: القراءات معًا، والتغييرات بعد التحقق من شروطها.',
  'The other regions hear first what changed, so that the model is told how things stand.':
    'تعلم الأجزاء الأخرى أولًا بما تغيّر، ليُخبَر النموذج بالوضع الحالي.',
  'Nothing leaves that the tools of this turn did not find (domain 14).':
    'لا يخرج شيء لم تجده أدوات هذا الدور.',
  'The reply is queued; a message that comes now starts the next turn.':
    'الرد في طريقه؛ الرسالة التي تصل الآن تبدأ الدور التالي.',
  'The reply has gone out; the photos of the articles that it names follow.':
    'خرج الرد؛ تتبعه صور الأصناف التي يذكرها.',
  'Looks for our copies of the photos.': 'يبحث عن نسخنا من الصور.',
  'Each photo is a message of its own.': 'كل صورة رسالة مستقلة.',
  'Answered; what came meanwhile is the next turn.': 'أُجيب؛ ما وصل في الأثناء هو الدور التالي.',
  'Nothing is planned.': 'لا شيء مخطط له.',
  'Follow-ups are planned; any word of the customer ends them (domain 17.4).':
    'المتابعات مجدولة؛ أي كلمة من العميل تنهيها.',
  'Until the step is due in business time (domain 17.1, 17.2).': 'حتى يحين موعد الخطوة في أوقات العمل.',
  'Settings, channel, window and hours are looked at now, not when it was planned (domain 17.3).':
    'تُفحص الإعدادات والقناة والنافذة وساعات العمل الآن، لا وقت الجدولة.',
  'Every step is over; a day later the quotation counts as rejected (domain 17.6).':
    'انتهت كل الخطوات؛ بعد يوم يُعدّ عرض السعر مرفوضًا.',
  'An automatic answer came: the chain rests until the return and a day, else three days (domain 17.5).':
    'وصل رد آلي: تتوقف السلسلة حتى العودة وبعدها بيوم، وإلا ثلاثة أيام.',
  'The customer named a time (domain 5.15); it holds whatever is written before.':
    'حدّد العميل وقتًا؛ يبقى الموعد مهما كُتب قبله.',
  'The hourly run asked for a reminder or a word after long silence (domain 17.8, 18.1).':
    'طلبت الجولة الساعية تذكيرًا أو كلمة بعد صمت طويل.',
  'A chain has ended; the next quotation begins another one.':
    'انتهت السلسلة؛ عرض السعر التالي يبدأ سلسلة أخرى.',
  'The customer wants no messages: we never write first again, and answer when they write (domain 20.1).':
    'لا يريد العميل رسائل: لا نبدأ بالكتابة أبدًا، ونجيب إذا كتب.',
  'Nothing was ordered yet.': 'لم يُطلب شيء بعد.',
  'An accepted order: the hourly run asks Inventory how it stands (domain 18.4).':
    'طلب مقبول: تسأل الجولة الساعية Inventory عن حاله.',
  'Delivered: a day later the customer is asked what they think, once (domain 18.3).':
    'سُلّم: بعد يوم يُسأل العميل عن رأيه مرة واحدة.',
  'Four questions, one by one; each answer is checked (domain 18.3).':
    'أربعة أسئلة واحدًا بعد آخر؛ يُتحقق من كل جواب.',
  'Feedback is not asked for any more.': 'لا يُسأل عن الرأي بعد الآن.',
};
