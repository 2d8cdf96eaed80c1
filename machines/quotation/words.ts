/** What a quotation says in each language (domain 9.13, 9.14, 16.2). Western digits in both, as invoices of the Gulf. */
import type { Language } from '../language/language.ts';

export interface QuoteWords {
  readonly title: string;
  readonly number: string;
  readonly date: string;
  readonly validUntil: string;
  readonly preparedFor: string;
  readonly company: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
  readonly trn: string;
  readonly photo: string;
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly lineTotal: string;
  readonly listTotal: string;
  readonly discount: string;
  readonly subtotal: string;
  readonly delivery: string;
  readonly free: string;
  readonly toBeConfirmed: string;
  readonly vat: string;
  readonly grandTotal: string;
  readonly otherItems: string;
  readonly terms: string;
  readonly contact: string;
  /** Where a contact without phone and e-mail is reached. */
  readonly inThisChat: string;
  readonly page: string;
  readonly of: string;
}

const WORDS: Readonly<Record<Language, QuoteWords>> = {
  en: {
    title: 'Quotation',
    number: 'Quotation no.',
    date: 'Date',
    validUntil: 'Valid until',
    preparedFor: 'Prepared for',
    company: 'Company',
    email: 'E-mail',
    phone: 'Phone',
    address: 'Delivery address',
    trn: 'TRN',
    photo: 'Photo',
    item: 'Item',
    quantity: 'Qty',
    unitPrice: 'Unit price',
    lineTotal: 'Total',
    listTotal: 'At catalog prices',
    discount: 'Your discount',
    subtotal: 'Total',
    delivery: 'Delivery and installation',
    free: 'Free',
    toBeConfirmed: 'To be confirmed',
    vat: 'VAT',
    grandTotal: 'Grand total',
    otherItems: 'Other items',
    terms: 'Terms',
    contact: 'Your contact',
    inThisChat: 'in this WhatsApp chat',
    page: 'Page',
    of: 'of',
  },
  ar: {
    title: 'عرض سعر',
    number: 'رقم العرض',
    date: 'التاريخ',
    validUntil: 'صالح حتى',
    preparedFor: 'مقدم إلى',
    company: 'الشركة',
    email: 'البريد الإلكتروني',
    phone: 'الهاتف',
    address: 'عنوان التوصيل',
    trn: 'الرقم الضريبي',
    photo: 'الصورة',
    item: 'الصنف',
    quantity: 'الكمية',
    unitPrice: 'سعر الوحدة',
    lineTotal: 'الإجمالي',
    listTotal: 'بأسعار الكتالوج',
    discount: 'الخصم',
    subtotal: 'المجموع',
    delivery: 'التوصيل والتركيب',
    free: 'مجانًا',
    toBeConfirmed: 'يحدد لاحقًا',
    vat: 'ضريبة القيمة المضافة',
    grandTotal: 'الإجمالي الكلي',
    otherItems: 'أصناف أخرى',
    terms: 'الشروط',
    contact: 'للتواصل',
    inThisChat: 'في محادثة واتساب هذه',
    page: 'صفحة',
    of: 'من',
  },
};

export const quoteWords = (language: Language): QuoteWords => WORDS[language];

export interface TermsRule {
  readonly validDays: number;
  /** `2–8`, working days from confirmation (domain 9.12). */
  readonly deliveryDays: string;
  /** The delivery charge is not in the total (domain 9.12). */
  readonly deliveryOpen: boolean;
}

/** The standard conditions (domain 9.14), for a shop that has not written its own. */
export const standardTerms = (language: Language, rule: TermsRule): readonly string[] =>
  language === 'en' ? englishTerms(rule) : arabicTerms(rule);

const englishTerms = ({ validDays, deliveryDays, deliveryOpen }: TermsRule): readonly string[] => [
  'Payment: 50% in advance, 50% after installation.',
  `This quotation is valid for ${validDays} days and while stock lasts.`,
  'No changes are possible after the purchase order.',
  'Pictures are illustrative.',
  `Delivery within ${deliveryDays} working days from confirmation.`,
  ...(deliveryOpen
    ? ['The charge for delivery and installation will be confirmed and is not part of the total.']
    : []),
];

const ARABIC_COUNT = new Intl.PluralRules('ar');

/** So many days after "for": the counted noun changes with its number. */
const arabicDays = (count: number): string => {
  switch (ARABIC_COUNT.select(count)) {
    case 'one':
      return 'يوم واحد';
    case 'two':
      return 'يومين';
    case 'few':
      return `${count} أيام`;
    case 'many':
      return `${count} يومًا`;
    default:
      return `${count} يوم`;
  }
};

const arabicTerms = ({ validDays, deliveryDays, deliveryOpen }: TermsRule): readonly string[] => [
  'الدفع: 50% مقدمًا و50% بعد التركيب.',
  `يسري هذا العرض لمدة ${arabicDays(validDays)} وحتى نفاد الكمية.`,
  'لا يمكن التعديل بعد إصدار أمر الشراء.',
  'الصور للتوضيح فقط.',
  `التوصيل خلال ${deliveryDays} أيام عمل من تاريخ التأكيد.`,
  ...(deliveryOpen ? ['تحدد رسوم التوصيل والتركيب لاحقًا ولا يشملها الإجمالي.'] : []),
];

/** Attributes that catalogs name, as an Arabic paper calls them; the value stays as the catalog states it. */
const ARABIC_ATTRIBUTES: Readonly<Record<string, string>> = {
  dimensions: 'المقاسات',
  size: 'المقاس',
  material: 'الخامة',
  materials: 'الخامات',
  colour: 'اللون',
  color: 'اللون',
  finish: 'التشطيب',
  warranty: 'الضمان',
  load: 'الحمولة',
  weight: 'الوزن',
  seats: 'عدد المقاعد',
  mechanism: 'الآلية',
  power: 'القدرة',
  brand: 'العلامة',
  origin: 'المنشأ',
};

/** `warranty` as `Warranty` or `الضمان`; a name nobody knows is shown as the catalog writes it. */
export const attributeLabel = (name: string, language: Language): string => {
  const plain = name.replaceAll('_', ' ').trim();
  const key = plain.toLowerCase();
  const arabic =
    language === 'ar' && Object.hasOwn(ARABIC_ATTRIBUTES, key) ? ARABIC_ATTRIBUTES[key] : undefined;
  return arabic ?? plain.charAt(0).toUpperCase() + plain.slice(1);
};

/** Size, materials, colour and warranty first (domain 9.13), the others as the catalog orders them. */
const FIRST = ['dimensions', 'size', 'material', 'materials', 'colour', 'color', 'finish', 'warranty'];

export const orderedAttributes = (
  attributes: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] => {
  const rank = (name: string): number => {
    const found = FIRST.indexOf(name.toLowerCase());
    return found < 0 ? FIRST.length : found;
  };
  return Object.entries(attributes).sort(([a], [b]) => rank(a) - rank(b));
};
