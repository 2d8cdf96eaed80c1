/** A small shop for the cases: the products and articles that its tools would have found. */
import type { EvidenceArticle, EvidenceProduct, OrderLine } from '../../context.ts';

const product = (
  sku: string,
  name: string,
  nameAr: string,
  price: string | null,
  stock: number | null,
  category: string,
  description: string,
): EvidenceProduct => ({ sku, name, nameAr, price, currency: 'AED', stock, category, description });

export const BREEZE = product(
  'CH-616',
  'Operator chair Breeze, mesh back',
  'كرسي مكتب بريز بظهر شبكي',
  '345.00',
  64,
  'Ergonomic chairs',
  'A light operator chair for daily work. Breathable mesh back with a fixed lumbar curve, moulded foam seat, height-adjustable arms, nylon five-star base with castors. 62 × 60 × 96–106 cm. Dark grey. Load up to 120 kg. Warranty 2 years.',
);
export const BREEZE_NEW = product(
  'CH-616-NEW',
  'Operator chair Breeze, 2026 model with headrest',
  'كرسي مكتب بريز موديل 2026 بمسند رأس',
  '429.00',
  28,
  'Ergonomic chairs',
  'Adjustable headrest, sliding lumbar support and a synchronised mechanism with four locking positions. Black. Warranty 3 years.',
);
export const ATLAS = product(
  'CH-720-BLK',
  'Executive chair Atlas, black leather',
  'كرسي تنفيذي أطلس جلد أسود',
  '1290.00',
  3,
  'Executive chairs',
  'Genuine leather, high back, tilt mechanism, polished aluminium base. Upholstery: 80% leather, 20% polyurethane.',
);
export const DESK = product(
  'DK-1400',
  'Height adjustable desk 140',
  'مكتب قابل لتعديل الارتفاع 140',
  '1299.00',
  14,
  'Standing desks',
  'Electric frame with two motors, 140 x 70 cm oak top, height 62–127 cm, cable tray.',
);
export const SOFA = product(
  'SF-210',
  '2-seater sofa Nara',
  'كنبة نارا بمقعدين',
  '1850.00',
  6,
  'Lounge',
  'Grey fabric, solid wood legs, 160x80 cm.',
);
export const TABLE = product(
  'MT-240',
  'Meeting table Forum 240',
  'طاولة اجتماعات فورم 240',
  '2100.00',
  0,
  'Meeting tables',
  '240 x 120 cm, walnut veneer, two power boxes.',
);
export const CABINET = product(
  'FC-300',
  'Filing cabinet, 3 drawers',
  'خزانة ملفات بثلاثة أدراج',
  '520.00',
  15,
  'Storage',
  'Steel, lockable, 3 drawers, white.',
);
export const POD = product(
  'POD-7',
  'Acoustic pod Quiet',
  'كابينة عازلة كوايت',
  null,
  null,
  'Pods',
  'For one person.',
);
export const LUMA = product(
  '9719-4',
  'Ergonomic chair Luma 9719, four-way arms',
  'كرسي مريح لوما 9719 بمساند رباعية الحركة',
  '690.00',
  11,
  'Ergonomic chairs',
  'Four-way arms, mesh back, adjustable lumbar support.',
);

export const PRODUCTS: readonly EvidenceProduct[] = [
  BREEZE,
  BREEZE_NEW,
  ATLAS,
  DESK,
  SOFA,
  TABLE,
  CABINET,
  POD,
  LUMA,
];

const article = (id: string, title: string, body: string): EvidenceArticle => ({ id, title, body });

export const ARTICLES_EN: readonly EvidenceArticle[] = [
  article(
    'delivery',
    'How long does delivery take?',
    'Items in our UAE stock are delivered in days: 2-8 working days from confirmation of the order. The exact delivery date is confirmed by a manager.',
  ),
  article(
    'delivery-cost',
    'How much does delivery cost?',
    'Delivery and installation stand on their own line of the quotation: free for orders above 10,000 AED, otherwise from 300 AED.',
  ),
  article(
    'showroom',
    'Do you have a showroom?',
    'Yes, our showroom and warehouse are in Al Quoz Industrial Area 3, Dubai. We are open Monday to Friday, 10:00 to 20:00. Phone +971 4 123 4567, e-mail sales@treejar.example, map: https://treejar.example/showroom',
  ),
  article(
    'warranty',
    'What warranty do you give?',
    'The warranty depends on the type of product. Where the product card states it, we can name it; otherwise a manager confirms it.',
  ),
  article(
    'payment',
    'What are the payment terms?',
    'The standard terms are 50 % in advance and 50 % after installation, by bank transfer. Other terms are agreed with a manager.',
  ),
  article(
    'vat',
    'Is VAT included?',
    'VAT of 5 % is added to the subtotal and shown separately in the quotation.',
  ),
  article(
    'valid',
    'How long is a quotation valid?',
    'A quotation is valid for 15 days and while stock lasts.',
  ),
  article(
    'company',
    'Who is Treejar?',
    'In Europe since 1991, present in more than 20 countries, with five own production sites. Treejar supplies projects in the UAE, KSA, Qatar and Oman. Professional installation is available.',
  ),
  article(
    'samples',
    'Can I get a sample?',
    'Samples are possible depending on the project; a manager decides.',
  ),
  article(
    'custom',
    'Do you make custom furniture?',
    'Custom making is possible through partner factories in China and Europe. Sizes, price and time are decided with a manager.',
  ),
];

export const ARTICLES_AR: readonly EvidenceArticle[] = [
  article(
    'delivery-ar',
    'كم تستغرق مدة التوصيل؟',
    'القطع المتوفرة في مخزوننا في الإمارات تُسلَّم خلال أيام: من 2 إلى 8 أيام عمل من تأكيد الطلب. الموعد الدقيق للتسليم يؤكده المدير.',
  ),
  article(
    'delivery-cost-ar',
    'كم تكلفة التوصيل؟',
    'يظهر التوصيل والتركيب في بند مستقل في عرض السعر: مجاني للطلبات فوق 10,000 درهم، وغير ذلك ابتداءً من 300 درهم.',
  ),
  article(
    'showroom-ar',
    'هل لديكم معرض؟',
    'نعم، معرضنا ومستودعنا في القوز الصناعية 3 في دبي. نعمل من الاثنين إلى الجمعة من 10:00 إلى 20:00. الهاتف +971 4 123 4567.',
  ),
  article(
    'payment-ar',
    'ما هي شروط الدفع؟',
    'الشروط المعتادة 50 % مقدماً و50 % بعد التركيب، بتحويل بنكي. أي شروط أخرى يُتفق عليها مع المدير.',
  ),
  article('vat-ar', 'هل الأسعار شاملة للضريبة؟', 'تُضاف ضريبة القيمة المضافة 5 % إلى المجموع وتظهر منفصلة.'),
  article('valid-ar', 'ما مدة صلاحية العرض؟', 'عرض السعر صالح لمدة 15 يوماً وحتى نفاد المخزون.'),
  article(
    'company-ar',
    'من هي Treejar؟',
    'في أوروبا منذ عام 1991، وحضور في أكثر من 20 دولة، وخمسة مواقع إنتاج خاصة.',
  ),
  article(
    'warranty-ar',
    'ما هو الضمان؟',
    'يعتمد الضمان على نوع المنتج. إذا كان مذكوراً في بطاقة المنتج نذكره لكم، وإلا يؤكد المدير الضمان.',
  ),
];

const line = (of: EvidenceProduct, quantity: number, lineTotal: string): OrderLine => ({
  sku: of.sku,
  name: of.name,
  quantity,
  unitPrice: of.price ?? '0.00',
  lineTotal,
  currency: of.currency,
});

/** 4 × 345 + 2 × 1,299 = 3,978; VAT 198.90; 4,176.90 in all. */
export const LINES: readonly OrderLine[] = [line(BREEZE, 4, '1380.00'), line(DESK, 2, '2598.00')];
export const SUBTOTAL = '3978.00';
