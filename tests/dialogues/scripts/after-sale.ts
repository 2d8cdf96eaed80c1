/** What follows: orders that are placed and followed, silence that is wanted (domain 8.2, 10, 20.1). */
import { type Dialogue, dialogue, file, gets, givesBack, orderMoves, says, unanswered } from '../dialogue.ts';

const PASSED = { has: [/colleague/i] };
const AMOUNTS = { amounts: ['1060.00', '53.00', '1113.00'] };
const PDF = { has: [/^\[document\]/], language: 'en' as const };
const DETAILS = 'Sara Haddad\nAcme Trading LLC\n{email}\nOffice 12, Bay Square, Business Bay, Dubai';
const DETAILS_AR = 'سارة حداد\nشركة النخيل للتجارة\n{email}\nبرج الخليج، الطابق 5، شارع الشيخ زايد، دبي';

const accepted = [
  says('I want 4 of CH-720-BLK', { has: ['1060.00'], ...AMOUNTS }),
  says('Please send me a quotation', AMOUNTS),
  says(DETAILS, AMOUNTS),
  gets(PDF),
  gets({ has: [/suit you\?/], ...AMOUNTS }),
  says('Yes', { has: [/approval/i], ...AMOUNTS }),
  givesBack(null),
];
const acceptedAr = [
  says('أريد 4 من CH-720-BLK', { has: ['1060.00'], ...AMOUNTS }),
  says('أرسل لي عرض سعر لو سمحت', AMOUNTS),
  says(DETAILS_AR, AMOUNTS),
  gets(PDF),
  gets({ has: [/هل يناسبك العرض؟/], ...AMOUNTS }),
  says('نعم', { has: [/موافقتك/], ...AMOUNTS }),
  givesBack(null),
];

export const afterSale: readonly Dialogue[] = [
  dialogue(
    'order status: approved, being prepared, on the way, delivered, each as Inventory says (domain 10.2)',
    [
      ...accepted,
      says('What is the status of my order?', { has: [/approved/i], ...AMOUNTS }),
      orderMoves('confirmed'),
      says('Where is my order now?', { has: [/being prepared/i], lacks: [/on the way/i], ...AMOUNTS }),
      orderMoves('sent'),
      says('Any news about my order?', { has: [/on the way/i], ...AMOUNTS }),
      orderMoves('delivered'),
      says('And what is the status of the order today?', { has: [/delivered/i], ...AMOUNTS }),
    ],
    { owner: 'bot', saleOrders: 1 },
  ),
  dialogue(
    'حالة الطلب كما في النظام',
    [
      ...acceptedAr,
      orderMoves('confirmed'),
      says('وين طلبي؟', { has: [/تجهيز|التحضير|قيد/], lacks: [/في الطريق/], ...AMOUNTS }),
      orderMoves('sent'),
      says('ما هي حالة الطلب الآن؟', { has: [/الطريق/], ...AMOUNTS }),
    ],
    { language: 'ar', saleOrders: 1 },
  ),
  dialogue(
    'a concrete order goes to a manager with what was ordered (domain 8.2)',
    [
      says('I want to order 4 of CH-720-BLK, please deliver to Business Bay with installation', {
        has: [/noted your order/, '4 x', '1060.00', /colleague/],
      }),
      says('When will you confirm?', PASSED),
      unanswered('Hello?'),
    ],
    { owner: 'waiting', alerts: [null], lines: [['CH-720-BLK', 4]], saleOrders: 0 },
  ),
  dialogue(
    'طلب مؤكد يصل إلى المدير',
    [
      says('أريد أن أطلب 4 من CH-720-BLK والتوصيل إلى دبي مع التركيب', {
        has: [/سجّلت طلبك/, '1060.00', /الزملاء/],
      }),
    ],
    { owner: 'waiting', alerts: [null], lines: [['CH-720-BLK', 4]], language: 'ar' },
  ),
  dialogue(
    'lesson F-26 a wish to order without a place or a day is a selection, and the sale goes on',
    [says('I want to order 4 of CH-720-BLK', { has: ['1060.00'] })],
    { owner: 'bot', alerts: [] },
  ),
  dialogue(
    'STOP is confirmed once, and a later question is answered (domain 20.1)',
    [
      says('Do you have lockers?', { has: ['AED'] }),
      says('STOP', { has: [/will not receive messages/] }),
      unanswered('stop'),
      says('Do you have footrests?', { has: ['AED'] }),
    ],
    { owner: 'bot' },
  ),
  dialogue(
    'توقف يؤكد مرة واحدة',
    [
      says('هل لديكم خزائن؟', { has: ['درهم'] }),
      says('توقفوا عن ارسال الرسائل', { has: [/لن تصلك رسائل/] }),
      unanswered('توقف'),
    ],
    { owner: 'bot', language: 'ar' },
  ),
  dialogue(
    'STOP while a person is waited for: confirmed, with no line about a colleague',
    [
      says('I want to talk to a human please', PASSED),
      says('STOP', { has: [/will not receive messages/], lacks: [/colleague/i] }),
      unanswered('stop'),
    ],
    { owner: 'waiting', alerts: [1, null] },
  ),
  dialogue(
    'طلب التوقف أثناء انتظار موظف',
    [
      says('أريد التحدث مع موظف', { has: [/زملاء|زميل/] }),
      says('توقف', { has: [/لن تصلك رسائل/], lacks: [/زميل/] }),
    ],
    { owner: 'waiting', alerts: [1, null], language: 'ar' },
  ),
  dialogue(
    'photos of an article are sent after the reply that names it (domain 12.14)',
    [
      says('Tell me about CH-616', { has: ['CH-616'] }),
      says('Please send me photos of CH-616', { has: ['CH-616'] }),
      gets({ has: [/^\[image\]/] }),
    ],
    { owner: 'bot' },
  ),
  dialogue(
    'صور المنتج',
    [
      says('كم سعر CH-616؟', { has: ['CH-616'] }),
      says('أرسل لي صور CH-616', { has: ['CH-616'] }),
      gets({ has: [/^\[image\]/], language: 'en' }),
    ],
    { owner: 'bot', language: 'ar' },
  ),
  dialogue(
    'a referral code without an approved policy is a manager’s matter (domain 19.2)',
    [says('Do you have a referral code for my friend?', { ...PASSED, lacks: [/%/] })],
    { owner: 'waiting', alerts: [5] },
  ),
  dialogue(
    'رمز إحالة دون سياسة معتمدة',
    [says('هل عندكم كود إحالة لصديقي؟', { has: [/زملاء|زميل/], lacks: [/%/] })],
    { owner: 'waiting', alerts: [5], language: 'ar' },
  ),
  dialogue(
    'a photo of a floor plan goes to a manager (trigger 14)',
    [file('image', 'This is the floor plan of our office', PASSED)],
    { owner: 'waiting', alerts: [14] },
  ),
  dialogue('صورة مخطط المكتب', [file('image', 'هذا مخطط المكتب', { has: [/زملاء|زميل/] })], {
    owner: 'waiting',
    alerts: [14],
    language: 'ar',
  }),
];
