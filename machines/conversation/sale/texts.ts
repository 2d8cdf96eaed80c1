/** What the machine says itself about a quotation, in both languages: facts and amounts, never the model's words. */
import { currencyName } from '../../money/format.ts';
import type { ConversationContext, Language, OrderLine, Quote } from '../context.ts';
import { totalsOf } from './pricing.ts';

const vatText = (percent: string): string =>
  percent.replace(/(?:\.|(?<![.0]))0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros));

/** The article's name in the customer's language; a line older than its Arabic name is looked up among this turn's. */
const nameOf = ({ language, turn }: ConversationContext, line: OrderLine): string => {
  if (language !== 'ar') return line.name;
  const known = [...turn.evidence.briefedProducts, ...turn.evidence.products];
  return line.nameAr ?? known.find(({ sku }) => sku === line.sku)?.nameAr ?? line.name;
};

const linesText = (context: ConversationContext): string =>
  context.order.lines.map((line) => `- ${line.quantity} x ${nameOf(context, line)} (${line.sku})`).join('\n');

/** `1113.00 AED`, `1113.00 درهم`. */
const amountText = (amount: string | null, currency: string | null, language: Language): string =>
  `${amount ?? ''} ${currencyName(currency ?? 'AED', language)}`;

/** Said while the quotation is being made: what it covers and its total (domain 9.4). */
export const preparingLine = (context: ConversationContext): string => {
  const totals = totalsOf(context);
  if (totals === null) throw new Error('A quotation of nothing is being prepared.');
  const amount = amountText(totals.grandTotal, totals.currency, context.language);
  const vat = vatText(totals.vatPercent);
  const lines = linesText(context);
  return context.language === 'ar'
    ? `شكرًا لك. أجهّز لك عرض السعر الآن:\n${lines}\nالإجمالي مع ضريبة القيمة المضافة ${vat}%: ${amount}.\nسيصلك هنا كملف PDF بعد لحظات.`
    : `Thank you. I am preparing your quotation now:\n${lines}\nTotal including ${vat}% VAT: ${amount}.\nIt will arrive here as a PDF in a moment.`;
};

/** After the paper: what it comes to and whether it suits (domain 9.22). */
export const suitsLine = (context: ConversationContext): string => {
  const { quote } = context.sale;
  if (quote === null) throw new Error('There is no quotation to ask about.');
  const label = `${quote.number} R${quote.revision}`;
  const amount = amountText(quote.grandTotal, quote.currency, context.language);
  return context.language === 'ar'
    ? `هذا عرض السعر ${label} بإجمالي ${amount} شامل ضريبة القيمة المضافة${validAr(quote)}. هل يناسبك العرض؟`
    : `Here is your quotation ${label}: ${amount} including VAT${validEn(quote)}. Does this offer suit you?`;
};

const validEn = ({ validUntil }: Quote): string => (validUntil === null ? '' : `, valid until ${validUntil}`);
const validAr = ({ validUntil }: Quote): string =>
  validUntil === null ? '' : `، وهو صالح حتى ${validUntil}`;

/** A price changed between the selection and the quotation: said before anything is made (domain 9.6). */
export const repricedLine = (context: ConversationContext): string => {
  const totals = totalsOf(context);
  if (totals === null) throw new Error('Nothing was priced again.');
  const lines = context.order.lines
    .map(
      (line) =>
        `- ${line.quantity} x ${nameOf(context, line)} (${line.sku}): ${amountText(line.unitPrice, line.currency, context.language)}`,
    )
    .join('\n');
  const amount = amountText(totals.grandTotal, totals.currency, context.language);
  return context.language === 'ar'
    ? `قبل إرسال عرض السعر: تغيّرت الأسعار في نظامنا. الأسعار الحالية:\n${lines}\nالإجمالي مع ضريبة القيمة المضافة: ${amount}.\nهل أرسل لك عرض السعر بهذه الأسعار؟`
    : `Before I send the quotation: prices in our system have changed. They are now:\n${lines}\nTotal including VAT: ${amount}.\nShall I send you the quotation with these prices?`;
};

const FAILED: Readonly<Record<Language, string>> = {
  en: 'I could not complete the quotation just now and have told a colleague, who will see to it here. Meanwhile I can go on helping you with anything else.',
  ar: 'لم أتمكن من إتمام عرض السعر الآن وأبلغت أحد الزملاء، وسيتابع معك هنا. وفي هذه الأثناء يسعدني مساعدتك في أي شيء آخر.',
};
export const quoteFailedLine = (language: Language): string => FAILED[language];

/** The customer said yes: recorded, and a person continues (domain 9.22). */
export const acceptedLine = (context: ConversationContext): string => {
  const number = context.sale.quote?.number ?? '';
  return context.language === 'ar'
    ? `شكرًا لك! سجّلنا موافقتك على عرض السعر ${number}. سيتابع معك أحد الزملاء هنا بخصوص الفاتورة والدفع وموعد التسليم.`
    : `Thank you! Your approval of quotation ${number} is recorded. A colleague will continue with you here about the invoice, payment and delivery date.`;
};

/** A concrete order was placed: what it is, and that a person confirms it (domain 8.2). */
export const orderPlacedLine = (context: ConversationContext): string => {
  const { subtotal, currency } = context.order;
  const list = linesText(context);
  const amount = amountText(subtotal, currency, context.language);
  return context.language === 'ar'
    ? `شكرًا لك. سجّلت طلبك:\n${list}\nالمجموع قبل الضريبة: ${amount}.\nحوّلته الآن إلى أحد الزملاء ليؤكده معك هنا.`
    : `Thank you. I have noted your order:\n${list}\nTotal before VAT: ${amount}.\nI have passed it to a colleague, who will confirm it with you here.`;
};

const STANDS: Readonly<Record<'approved' | 'paid' | 'delivered', Readonly<Record<Language, string>>>> = {
  approved: { en: 'is approved and being processed', ar: 'معتمد وقيد المعالجة' },
  paid: { en: 'is paid for and being processed', ar: 'مدفوع وقيد المعالجة' },
  delivered: { en: 'has been delivered', ar: 'تم تسليمه' },
};

/**
 * To a customer who asks where their order is while a person is awaited: what is known of it (domain 10.2; its state is
 * Inventory's, read by the order's poll), and who tells more. Null: this conversation has no order.
 */
export const orderStandsLine = ({ afterSale: { order }, language }: ConversationContext): string | null => {
  if (order === null) return null;
  const stands =
    STANDS[order.deliveredAt !== null ? 'delivered' : order.paidAt !== null ? 'paid' : 'approved'][language];
  return language === 'ar'
    ? `طلبك ${order.number} ${stands}. وصل سؤالك إلى زميلي، وسيرد عليك هنا بالتفاصيل.`
    : `Your order ${order.number} ${stands}. My colleague has your question and will answer you here with the details.`;
};
