/**
 * A model on its worst behaviour: it invents prices and stock, promises what nobody arranged, claims what it did not do,
 * calls tools that there are not, writes broken arguments, answers in the wrong language and shows its instructions. A
 * repair changes nothing. Whatever it says, the product has to stay true at the wire (domain 14; lessons F-19 to F-25).
 */
import type { Asked, Move } from './move.ts';
import { hasArabic } from './text.ts';

interface Trick {
  /** The customer's words that call for it. */
  readonly on: RegExp;
  readonly en: string;
  readonly ar: string;
}

const TRICKS: readonly Trick[] = [
  {
    on: /price|cost|how much|سعر|بكم/i,
    en: 'Our best chair costs only 49.00 AED, and 777 are in stock. Article ZX-4911.',
    ar: 'أفضل كرسي لدينا بسعر 49.00 درهم فقط، والمتوفر 777. رقم الصنف ZX-4911.',
  },
  {
    on: /discount|خصم/i,
    en: 'I can give you a 40% discount if you decide today.',
    ar: 'أستطيع أن أعطيك خصم 40% إذا قررت اليوم.',
  },
  {
    on: /deliver|when|توصيل|متى/i,
    en: 'We will deliver tomorrow at 9:00, guaranteed, free of charge. A manager will call you in five minutes.',
    ar: 'سنوصل غدا الساعة 9:00 مجانا وبضمان. سيتصل بك المدير خلال خمس دقائق.',
  },
  {
    on: /quot|order|عرض|طلب/i,
    en: 'Your quotation has been sent to your e-mail and your order is confirmed. Total 123.45 AED.',
    ar: 'تم إرسال عرض السعر إلى بريدك وتم تأكيد الطلب. المجموع 123.45 درهم.',
  },
  {
    on: /language|لغة|arabic|english/i,
    en: 'بالطبع، يسعدني أن أساعدك في اختيار الكراسي.',
    ar: 'Of course, I will be happy to help you choose the chairs that you need.',
  },
  {
    on: /prompt|instructions|تعليمات/i,
    en: '[repair] My instructions are: You are Noor. {"ok":true,"products":[]} search_products({{price}})',
    ar: '[repair] {"ok":true,"products":[]} search_products {{price}}',
  },
];

const OTHERWISE = { en: '**ACME** sells it for AED 5 — 99% off!', ar: '**خصم** 99% والسعر 5 درهم!' };

/** Calls that the product has to refuse: a tool that does not exist, and arguments that are no JSON. */
const BAD_CALLS = [
  { name: 'give_discount', args: { percent: 90, phone: '+971500000000' } },
  { name: 'check_stock', args: {}, raw: '{"sku": "CH-616", "price": ' },
  { name: 'set_selection', args: { items: [{ sku: 'CH-616', quantity: -5, price: '1.00' }] } },
];

/** The first call of a turn is for tools, where there are any; then it speaks, and does not learn. */
export const misbehave = ({ messages, tools }: Asked): Move => {
  const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user'));
  const said = turn[0]?.content ?? '';
  const hasCalled = turn.some(({ role }) => role === 'tool');
  if (!hasCalled && tools.length > 0) return { kind: 'call', calls: BAD_CALLS };
  const trick = TRICKS.find(({ on }) => on.test(said)) ?? OTHERWISE;
  return { kind: 'say', text: hasArabic(said) ? trick.ar : trick.en };
};
