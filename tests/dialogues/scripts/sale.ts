/** The whole sale: consent, details, the quotation, its answer (domain 9, 10, 5.19; lessons F-03 to F-07, F-36). */
import { type Dialogue, dialogue, gets, says } from '../dialogue.ts';

const PDF = { has: [/^\[document\]/] };
const SUITS = { has: [/Does this offer suit you\?/] };
const SUITS_AR = { has: [/هل يناسبك العرض؟/] };
const PREPARING = { has: [/preparing your quotation/] };
const PREPARING_AR = { has: [/أجهّز لك عرض السعر/] };
const DETAILS = 'Sara Haddad\nAcme Trading LLC\n{email}\nOffice 12, Bay Square, Business Bay, Dubai';
const DETAILS_AR = 'سارة حداد\nشركة النخيل للتجارة\n{email}\nبرج الخليج، الطابق 5، شارع الشيخ زايد، دبي';
/** 4 × 265.00 with 5 % VAT, and other totals of these scripts. */
const totals = (...amounts: readonly string[]) => ({ amounts });

const quoted = (text: string, amounts: readonly string[]) => [
  says('I want 4 of CH-720-BLK', { has: ['1060.00'], ...totals(...amounts) }),
  says('Please send me a quotation', { has: [/quotation/i], ...totals(...amounts) }),
  says(text, { ...PREPARING, ...totals(...amounts) }),
  gets(PDF),
  gets({ ...SUITS, has: [...SUITS.has, '1113.00'], ...totals(...amounts) }),
];
/** A question for the details of a quotation. */
const NOT_ASKED = [/I still need/, /e-?mail/i, /your name/i];
const NOT_ASKED_AR = [/لعرض السعر أحتاج/, /بريدك/, /اسمك/];
const TOTAL = ['1060.00', '53.00', '1113.00'];

export const sale: readonly Dialogue[] = [
  dialogue('from the wish to the paper: selection, details, one PDF, one order', quoted(DETAILS, TOTAL), {
    owner: 'bot',
    saleOrders: 1,
    lines: [['CH-720-BLK', 4]],
    slots: {
      name: 'Sara Haddad',
      company: /Acme Trading/,
      email: '{email}',
      address: /Bay Square/,
    },
  }),
  dialogue(
    'من الطلب إلى عرض السعر',
    [
      says('أريد 4 من CH-720-BLK', { has: ['1060.00'], ...totals(...TOTAL) }),
      says('أرسل لي عرض سعر لو سمحت', { has: [/عرض السعر/], ...totals(...TOTAL) }),
      says(DETAILS_AR, { ...PREPARING_AR, ...totals(...TOTAL) }),
      gets({ ...PDF, language: 'en' }),
      gets({ ...SUITS_AR, ...totals(...TOTAL) }),
    ],
    { language: 'ar', saleOrders: 1, slots: { name: 'سارة حداد', email: '{email}' } },
  ),
  dialogue(
    'lesson F-06 a price question never becomes paperwork',
    [
      says('How much is CH-720-BLK?', { has: ['265.00'], lacks: [/e-?mail/i, /delivery address/i] }),
      says('And 4 of them?', { lacks: [/e-?mail/i, /delivery address/i] }),
    ],
    { saleOrders: 0 },
  ),
  dialogue(
    'lesson F-06 after "no quotation" none is made, and none is claimed',
    [
      says('I want 4 of CH-720-BLK', { has: ['1060.00'], ...totals(...TOTAL) }),
      says('No quotation please', { lacks: [/paused/i, /preparing/i, /e-?mail/i], ...totals(...TOTAL) }),
    ],
    { saleOrders: 0, owner: 'bot' },
  ),
  dialogue(
    'lesson F-07 declining a quotation does not stop the selling (domain 9.23)',
    [
      says('I want 2 of DK-1600', { has: ['1380.00'], ...totals('69.00', '1449.00') }),
      says('I do not want a quotation', { ...totals('69.00', '1449.00') }),
      says('Do you have desk lamps?', { has: ['145.00'], ...totals('69.00', '1449.00') }),
      says('What is the warranty?', { has: [/warranty/i], ...totals('69.00', '1449.00') }),
    ],
    { saleOrders: 0, owner: 'bot' },
  ),
  dialogue(
    'a declined quotation is made when the customer asks anew',
    [
      says('I want 4 of CH-720-BLK', { ...totals(...TOTAL) }),
      says('No quotation please', { ...totals(...TOTAL) }),
      says('Ok, please send me the quotation after all', { has: [/quotation/i], ...totals(...TOTAL) }),
    ],
    { saleOrders: 0 },
  ),
  dialogue(
    'missing details are asked for once, again only when the customer is back at the quotation',
    [
      says('I want 4 of CH-720-BLK', { ...totals(...TOTAL) }),
      says('Please send me a quotation', { has: [/I still need/], ...totals(...TOTAL) }),
      says('What is the warranty?', { has: [/warranty/i], lacks: NOT_ASKED, ...totals(...TOTAL) }),
      says('Where is your showroom?', { has: [/Dubai/], lacks: NOT_ASKED, ...totals(...TOTAL) }),
      says('Ok, send me the quotation now', {
        has: [/Could you tell me your name .* for the quotation\?/],
        ...totals(...TOTAL),
      }),
      says(DETAILS, { ...PREPARING, ...totals(...TOTAL) }),
      gets(PDF),
      gets({ ...SUITS, ...totals(...TOTAL) }),
    ],
    { saleOrders: 1, slots: { name: 'Sara Haddad', company: /Acme Trading/ } },
  ),
  dialogue(
    'لا يُسأل العميل عن بياناته مرتين ما دام يتحدث عن أمر آخر',
    [
      says('أريد 4 من CH-720-BLK', { ...totals(...TOTAL) }),
      says('أرسل لي عرض سعر لو سمحت', { has: [/لعرض السعر أحتاج/], ...totals(...TOTAL) }),
      says('كم مدة الضمان؟', { has: [/الضمان/], lacks: NOT_ASKED_AR, ...totals(...TOTAL) }),
      says('وين معرضكم؟', { has: [/دبي/], lacks: NOT_ASKED_AR, ...totals(...TOTAL) }),
      says('طيب أرسل عرض السعر', { has: [/هل ترسل لي اسمك .* لعرض السعر؟/], ...totals(...TOTAL) }),
      says(DETAILS_AR, { ...PREPARING_AR, ...totals(...TOTAL) }),
      gets({ ...PDF, language: 'en' }),
      gets({ ...SUITS_AR, ...totals(...TOTAL) }),
    ],
    { language: 'ar', saleOrders: 1, slots: { name: 'سارة حداد' } },
  ),
  dialogue(
    'a bare city is no address (domain 9.2)',
    [
      says('I want 4 of CH-720-BLK', { ...totals(...TOTAL) }),
      says('Please send me a quotation', { ...totals(...TOTAL) }),
      says('Sara Haddad\nAcme Trading LLC\n{email}\nDubai', {
        has: [/address/i],
        ...totals(...TOTAL),
      }),
      says('Office 12, Bay Square', { ...PREPARING, ...totals(...TOTAL) }),
      gets(PDF),
      gets({ ...SUITS, ...totals(...TOTAL) }),
    ],
    { saleOrders: 1 },
  ),
  dialogue(
    'details come in two messages, each asked for but once',
    [
      says('I want 4 of CH-720-BLK', { ...totals(...TOTAL) }),
      says('Can I have a quotation?', { has: [/name/i], ...totals(...TOTAL) }),
      says('Sara Haddad, I buy as an individual', {
        has: [/address|e-mail/i],
        lacks: [/your name/i],
        ...totals(...TOTAL),
      }),
      says('{email}\nVilla 7, Street 12, Al Barsha', { ...PREPARING, ...totals(...TOTAL) }),
      gets(PDF),
      gets({ ...SUITS, ...totals(...TOTAL) }),
    ],
    { saleOrders: 1, slots: { name: /Sara/, email: '{email}' } },
  ),
  dialogue(
    'an interruption does not lose the quotation that is wanted (domain 3.8)',
    [
      says('I want 4 of CH-720-BLK', { ...totals(...TOTAL) }),
      says('Please send me a quotation', { ...totals(...TOTAL) }),
      says('How fast do you deliver?', { has: [/days/i], ...totals(...TOTAL) }),
      says(DETAILS, { ...PREPARING, ...totals(...TOTAL) }),
      gets(PDF),
      gets({ ...SUITS, ...totals(...TOTAL) }),
    ],
    { saleOrders: 1 },
  ),
  dialogue(
    'acceptance right after the question is recorded, and a person continues (domain 9.22)',
    [...quoted(DETAILS, TOTAL), says('Yes', { has: [/approval/i, /colleague/i], ...totals(...TOTAL) })],
    { owner: 'waiting', saleOrders: 1 },
  ),
  dialogue(
    'a refusal is taken as one, without an argument',
    [
      ...quoted(DETAILS, TOTAL),
      says('No thanks, we found another supplier', {
        lacks: [/discount/i, /high quality/i],
        ...totals(...TOTAL),
      }),
    ],
    { owner: 'bot', saleOrders: 1 },
  ),
  dialogue(
    'too expensive after the quotation keeps the order open and promises no discount',
    [
      ...quoted(DETAILS, TOTAL),
      says('It is too expensive for us', { lacks: [/\d+ ?%/, /high quality/i], ...totals(...TOTAL) }),
    ],
    { saleOrders: 1 },
  ),
  dialogue(
    'a change after the quotation makes the next revision of the same order (domain 9.16)',
    [
      ...quoted(DETAILS, TOTAL),
      says('Actually make it 6, and send me the quotation again', {
        ...PREPARING,
        ...totals('1060.00', '1590.00', '79.50', '1669.50'),
      }),
      gets(PDF),
      gets({ has: [/R2/, '1669.50'], ...totals('1590.00', '79.50', '1669.50') }),
    ],
    { saleOrders: 1, lines: [['CH-720-BLK', 6]] },
  ),
  dialogue(
    'lesson F-04 a new request after a quotation begins a new order, and nothing of the old one is in it',
    [
      ...quoted(DETAILS, TOTAL),
      says('Thanks. Now something new: I want 3 of LK-6', {
        has: ['2340.00'],
        lacks: [/CH-720/],
        ...totals('117.00', '2457.00', '1113.00'),
      }),
    ],
    { lines: [['LK-6', 3]], saleOrders: 1 },
  ),
  dialogue(
    'an order whose state nobody can know is said to be unknown (domain 10.4)',
    [says('Where is my order?', { lacks: [/on the way/i, /delivered/i] })],
    { saleOrders: 0 },
  ),
  dialogue('حالة طلب غير موجود', [says('وين طلبي؟', { lacks: [/في الطريق/, /تم التسليم/] })], {
    language: 'ar',
  }),
  dialogue(
    'lesson F-12 which variant is asked, and "the black one" answers it',
    [
      says('I want 5 of CH-720', { has: ['CH-720-BLK', 'CH-720-BLU'] }),
      says('The black one', { has: ['1325.00'], ...totals('66.25', '1391.25') }),
    ],
    { lines: [['CH-720-BLK', 5]] },
  ),
  dialogue(
    'أي لون: الأسود',
    [
      says('أريد 5 من CH-720', { has: ['CH-720-BLK', 'CH-720-BLU'] }),
      says('الأسود لو سمحت', { has: ['1325.00'], ...totals('66.25', '1391.25') }),
    ],
    { lines: [['CH-720-BLK', 5]], language: 'ar' },
  ),
];
