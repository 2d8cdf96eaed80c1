/**
 * Twenty questions and answers in both languages, each true to the specification (domain 9.11-9.14, 9.21, 12.8, 14.1-14.8)
 * and promising nothing beyond it: what only a manager may promise is said to be a manager's (domain 14.5).
 */
import type { SeedArticle } from './knowledge.ts';

type Text = readonly [title: string, body: string];

const FAQ_TEXTS: readonly { readonly en: Text; readonly ar: Text }[] = [
  {
    en: [
      'How long does delivery take?',
      'Items in our UAE stock are delivered in days: 2-8 working days from confirmation of the order. The exact delivery date is confirmed by a manager.',
    ],
    ar: [
      'كم تستغرق مدة التوصيل؟',
      'القطع المتوفرة في مخزوننا في الإمارات تُسلَّم خلال أيام: من 2 إلى 8 أيام عمل من تأكيد الطلب. الموعد الدقيق للتسليم يؤكده المدير.',
    ],
  },
  {
    en: [
      'How much does delivery cost?',
      'Delivery and installation stand on their own line of the quotation: free for big orders, with a charge otherwise. The charge for your order is shown in the quotation.',
    ],
    ar: [
      'كم تكلفة التوصيل؟',
      'يظهر التوصيل والتركيب في بند مستقل في عرض السعر: مجاني للطلبات الكبيرة، وبرسوم فيما عدا ذلك. رسوم طلبكم تظهر في عرض السعر.',
    ],
  },
  {
    en: [
      'Do you have a showroom, and can I visit it?',
      'Yes, we have a showroom and a warehouse in Dubai, and you are welcome to visit. Please tell us when you would like to come: a manager confirms the visit. Whether a given item is on display has to be checked first.',
    ],
    ar: [
      'هل لديكم معرض وهل يمكنني زيارته؟',
      'نعم، لدينا معرض ومستودع في دبي، وأهلاً بزيارتكم. أخبرونا بالوقت المناسب لكم ليؤكد المدير الزيارة. توفر قطعة معينة في المعرض يجب التأكد منه أولاً.',
    ],
  },
  {
    en: [
      'What warranty do you give?',
      'The warranty depends on the type of product. Where the product card states it, we can name it; otherwise a manager confirms the warranty for your items.',
    ],
    ar: [
      'ما هو الضمان الذي تقدمونه؟',
      'يعتمد الضمان على نوع المنتج. إذا كان مذكوراً في بطاقة المنتج نذكره لكم، وإلا يؤكد المدير ضمان القطع المطلوبة.',
    ],
  },
  {
    en: [
      'What are the payment terms?',
      'The standard terms of our quotations are 50 % in advance and 50 % after installation. Payment terms depend on the size of the order; other terms and the invoice are agreed with a manager.',
    ],
    ar: [
      'ما هي شروط الدفع؟',
      'الشروط المعتادة في عروض أسعارنا هي 50 % مقدماً و50 % بعد التركيب. تعتمد شروط الدفع على حجم الطلب، وأي شروط أخرى والفاتورة يُتفق عليها مع المدير.',
    ],
  },
  {
    en: [
      'Is VAT included in the prices?',
      'VAT of 5 % is added to the subtotal and shown separately in the quotation; the grand total includes it. Our prices are in AED.',
    ],
    ar: [
      'هل الأسعار شاملة لضريبة القيمة المضافة؟',
      'تُضاف ضريبة القيمة المضافة 5 % إلى المجموع وتظهر منفصلة في عرض السعر، والإجمالي يشملها. أسعارنا بالدرهم الإماراتي.',
    ],
  },
  {
    en: [
      'How long is a quotation valid?',
      'A quotation is valid for 15 days and while stock lasts. There are no changes after the purchase order, and the pictures are illustrative.',
    ],
    ar: [
      'ما مدة صلاحية عرض السعر؟',
      'عرض السعر صالح لمدة 15 يوماً وحتى نفاد المخزون. لا تغييرات بعد أمر الشراء، والصور توضيحية.',
    ],
  },
  {
    en: [
      'How do I get a quotation?',
      'Tell us the items and quantities, your name, the company (or that you buy as an individual), an e-mail and the delivery address. The quotation is then sent to you here as a PDF.',
    ],
    ar: [
      'كيف أحصل على عرض سعر؟',
      'أخبرونا بالقطع والكميات، والاسم، واسم الشركة (أو أنكم تشترون كأفراد)، والبريد الإلكتروني، وعنوان التوصيل. بعدها يُرسل عرض السعر إليكم هنا كملف PDF.',
    ],
  },
  {
    en: [
      'Can I get a sample?',
      'Samples are possible depending on the project. Tell us about your project, and a manager will answer your request.',
    ],
    ar: [
      'هل يمكنني الحصول على عينة؟',
      'العينات ممكنة بحسب المشروع. أخبرونا عن مشروعكم وسيجيبكم المدير على طلبكم.',
    ],
  },
  {
    en: [
      'Do you assemble and install the furniture?',
      'Professional installation is available. Whether and how it is done for your order will be confirmed with the order.',
    ],
    ar: ['هل تقومون بالتجميع والتركيب؟', 'التركيب الاحترافي متاح. وسيتم تأكيد التركيب لطلبكم مع الطلب نفسه.'],
  },
  {
    en: [
      'Can you make custom furniture or special sizes?',
      'Custom making is possible through partner factories in China and Europe. Sizes, price and time of a custom order are decided with a manager.',
    ],
    ar: [
      'هل تصنعون أثاثاً حسب الطلب أو بمقاسات خاصة؟',
      'التصنيع حسب الطلب ممكن عبر مصانع شريكة في الصين وأوروبا. المقاسات والسعر والمدة للطلب الخاص تُحدَّد مع المدير.',
    ],
  },
  {
    en: [
      'Do you give discounts?',
      'Discounts outside the approved price list are decided by a manager. We can always look for alternatives that fit your budget.',
    ],
    ar: [
      'هل تقدمون خصومات؟',
      'الخصومات خارج قائمة الأسعار المعتمدة يقررها المدير. ويمكننا دائماً البحث عن بدائل تناسب ميزانيتكم.',
    ],
  },
  {
    en: [
      'I have a better offer from a competitor. Can you match it?',
      'We review offers of competitors; they are not matched blindly. Send us the offer, and a manager will look at it.',
    ],
    ar: [
      'لدي عرض أفضل من منافس، هل يمكنكم مطابقته؟',
      'نراجع عروض المنافسين ولا نطابقها دون دراسة. أرسلوا لنا العرض ليطّلع عليه المدير.',
    ],
  },
  {
    en: [
      'Is the furniture in stock?',
      'We are a wholesale supplier with ready stock in the UAE. The stock of each item is checked when you ask; when fewer pieces are there than you need, we can propose a split delivery or an alternative.',
    ],
    ar: [
      'هل الأثاث متوفر في المخزون؟',
      'نحن مورد بالجملة ولدينا مخزون جاهز في الإمارات. نتحقق من مخزون كل قطعة عند سؤالكم، وإذا كان المتوفر أقل من حاجتكم نقترح توصيلاً على دفعات أو بديلاً.',
    ],
  },
  {
    en: [
      'What if the item I want is not in your catalog?',
      'We are not limited to what lies in stock: a manager can look into sourcing an item that is not in the catalog.',
    ],
    ar: [
      'ماذا لو كانت القطعة غير موجودة في الكتالوج؟',
      'لسنا محدودين بما في المخزون: يمكن للمدير النظر في توفير قطعة غير موجودة في الكتالوج.',
    ],
  },
  {
    en: [
      'Can you help with an office layout or a full project?',
      'Yes. We help from selection to installation, with layout drawings. Send us your plan or drawings, and a manager will join the conversation.',
    ],
    ar: [
      'هل تساعدون في تصميم المكتب أو مشروع كامل؟',
      'نعم، نساعد من الاختيار إلى التركيب مع مخططات التوزيع. أرسلوا لنا المخطط أو الرسومات وسينضم المدير إلى المحادثة.',
    ],
  },
  {
    en: [
      'Do you deliver outside the UAE?',
      'We work in the UAE first and can support projects elsewhere; we know the markets of KSA, Qatar and Oman. The terms of such a delivery are clarified by a manager.',
    ],
    ar: [
      'هل توصلون خارج الإمارات؟',
      'نعمل في الإمارات أولاً ويمكننا دعم مشاريع في دول أخرى، ونعرف أسواق السعودية وقطر وعُمان. شروط مثل هذا التوصيل يوضحها المدير.',
    ],
  },
  {
    en: [
      'Can I return or exchange furniture?',
      'Requests for a return or a claim are handled by a manager. Tell us the order and what is wrong, and the manager will get your request.',
    ],
    ar: [
      'هل يمكنني إرجاع الأثاث أو استبداله؟',
      'طلبات الإرجاع أو الشكاوى يتولاها المدير. أخبرونا برقم الطلب والمشكلة وسيصل طلبكم إلى المدير.',
    ],
  },
  {
    en: [
      'Who is Treejar, and how long are you in business?',
      'Treejar is a wholesale supplier of office furniture with ready stock in the UAE, a warehouse and a showroom in Dubai, and more than 20 years of experience.',
    ],
    ar: [
      'من هي Treejar ومنذ متى تعملون؟',
      'Treejar مورد بالجملة لأثاث المكاتب، لديها مخزون جاهز في الإمارات، ومستودع ومعرض في دبي، وخبرة تزيد على 20 عاماً.',
    ],
  },
  {
    en: ['Do you buy used furniture?', 'We do not buy or appraise used furniture.'],
    ar: ['هل تشترون الأثاث المستعمل؟', 'لا نشتري الأثاث المستعمل ولا نقيّمه.'],
  },
];

export const FAQ: readonly SeedArticle[] = FAQ_TEXTS.flatMap((entry, i) =>
  (['en', 'ar'] as const).map((language) => ({
    key: `seed-faq-${String(i + 1).padStart(2, '0')}-${language}`,
    kind: 'faq' as const,
    language,
    title: entry[language][0],
    body: entry[language][1],
  })),
);
