/** A quotation's document in the words and figures that are printed. */
import type { LabelledPart, QuoteSheet, SheetLine, SheetPart } from '../../adapters/typst/quote-sheet.ts';
import { currencyName, groupThousands } from '../../machines/money/format.ts';
import { money, sum } from '../../machines/money/money.ts';
import { writtenDate } from '../../machines/quotation/dates.ts';
import type { QuoteContact, QuoteDocument, QuoteLine } from '../../machines/quotation/document.ts';
import { quoteLabel } from '../../machines/quotation/number.ts';
import {
  attributeLabel,
  orderedAttributes,
  type QuoteWords,
  quoteWords,
} from '../../machines/quotation/words.ts';
import { byZone } from '../../machines/quotation/zones.ts';

/** Attributes printed of one article, and characters of its description (G10). */
const SPECS_MAX = 8;
const DESCRIPTION_CHARS_MAX = 400;
/** A name longer than this is a mistake, not a name. */
const NAME_CHARS_MAX = 160;

/** `photos`: the SKUs whose photo is printed. */
export const quoteSheet = (document: QuoteDocument, photos: ReadonlySet<string>): QuoteSheet => {
  const words = quoteWords(document.language);
  const { currency } = document.totals;
  const inCurrency = (label: string): string => `${label} (${currencyName(currency, document.language)})`;
  const [year, month, day] = document.date.split('-').map(Number);
  return {
    language: document.language,
    title: words.title,
    number: quoteLabel(document.number, document.revision),
    date: { year: year ?? 0, month: month ?? 0, day: day ?? 0 },
    seller: sellerOf(document, words),
    facts: [
      { label: words.number, ...ltr(quoteLabel(document.number, document.revision)) },
      { label: words.date, ...plain(writtenDate(document.date, document.language)) },
      { label: words.validUntil, ...plain(writtenDate(document.validUntil, document.language)) },
    ],
    customer: customerOf(document, words),
    columns: {
      photo: words.photo,
      item: words.item,
      quantity: words.quantity,
      unitPrice: inCurrency(words.unitPrice),
      total: inCurrency(words.lineTotal),
    },
    zones: zonesOf(document, photos, words),
    totals: totalsOf(document, words, inCurrency(words.grandTotal)),
    terms: { title: words.terms, items: document.terms },
    contact:
      document.contact === null
        ? null
        : {
            title: words.contact,
            name: cut(document.contact.name),
            details: contactDetails(document.contact, words),
          },
    footer: [plain(document.seller.name), ...trnOf(document, words)],
    pageWords: { page: words.page, of: words.of },
  };
};

const ltr = (text: string): SheetPart => ({ text, ltr: true });
const plain = (text: string): SheetPart => ({ text, ltr: false });
const present = (texts: readonly (string | null)[]): string[] =>
  texts.filter((text): text is string => text !== null && text.trim() !== '');
const cut = (text: string): string => {
  const characters = [...text];
  return characters.length > NAME_CHARS_MAX ? `${characters.slice(0, NAME_CHARS_MAX - 1).join('')}…` : text;
};

const contactDetails = ({ phone, email }: QuoteContact, words: QuoteWords): SheetPart[] => {
  const details = present([phone, email]).map(ltr);
  return details.length > 0 ? details : [plain(words.inThisChat)];
};

const trnOf = ({ seller: { trn } }: QuoteDocument, words: QuoteWords): SheetPart[] =>
  present([trn]).map((value) => plain(`${words.trn} ${value}`));

const sellerOf = (document: QuoteDocument, words: QuoteWords): QuoteSheet['seller'] => {
  const { name, address, phone, email } = document.seller;
  return {
    name: cut(name),
    note: '',
    details: [
      ...present([address]).map(plain),
      ...present([phone, email]).map(ltr),
      ...trnOf(document, words),
    ],
  };
};

const customerOf = ({ customer }: QuoteDocument, words: QuoteWords): QuoteSheet['customer'] => {
  const details: readonly (readonly [string, string | null, (text: string) => SheetPart])[] = [
    [words.company, customer.company, plain],
    [words.email, customer.email, ltr],
    [words.phone, customer.phone, ltr],
    [words.address, customer.address, plain],
  ];
  return {
    title: words.preparedFor,
    name: cut(customer.name),
    details: details.flatMap(([label, value, as]): LabelledPart[] =>
      present([value]).map((text) => ({ label, ...as(cut(text)) })),
    ),
  };
};

/** Rooms are headed only where there are any; the position of a line is counted over the whole paper. */
const zonesOf = (
  document: QuoteDocument,
  photos: ReadonlySet<string>,
  words: QuoteWords,
): QuoteSheet['zones'] => {
  const { currency } = document.totals;
  let position = 0;
  const zones = byZone(document.lines);
  return zones.map(({ name, lines }) => ({
    name: name ?? (zones.length > 1 ? words.otherItems : null),
    total: groupThousands(
      sum(
        lines.map(({ lineTotal }) => money(lineTotal, currency)),
        currency,
      ).amount,
    ),
    lines: lines.map((line) => {
      position += 1;
      return lineOf(line, position, document, photos);
    }),
  }));
};

const lineOf = (
  line: QuoteLine,
  position: number,
  { language }: QuoteDocument,
  photos: ReadonlySet<string>,
): SheetLine => ({
  position,
  sku: line.sku,
  name: cut(line.name),
  description: shortened(line.description ?? ''),
  specs: orderedAttributes(line.attributes)
    .slice(0, SPECS_MAX)
    .map(([name, text]) => ({ label: attributeLabel(name, language), text: cut(text) })),
  quantity: groupThousands(`${line.quantity}.`).slice(0, -1),
  unitPrice: groupThousands(line.unitPrice),
  total: groupThousands(line.lineTotal),
  photo: photos.has(line.sku) ? line.sku : null,
});

/** Whole sentences, as many as fit; a single long one is cut. */
const shortened = (description: string): string => {
  const text = description.replace(/\s+/g, ' ').trim();
  if (text.length <= DESCRIPTION_CHARS_MAX) return text;
  const sentences = text.slice(0, DESCRIPTION_CHARS_MAX).match(/^.*[.!؟?](?=\s)/su);
  return sentences?.[0] ?? `${text.slice(0, DESCRIPTION_CHARS_MAX - 1)}…`;
};

/** Domain 9.11, 9.12: total, delivery, VAT and grand total, each on its own line. */
const totalsOf = ({ totals }: QuoteDocument, words: QuoteWords, grandTotal: string): QuoteSheet['totals'] => {
  const row = (label: string, part: SheetPart, strong = false) => ({ label, ...part, strong });
  const amount = (value: string): SheetPart => ltr(groupThousands(value));
  const { delivery } = totals;
  return [
    ...(totals.discountPercent === null || totals.discount === '0.00'
      ? []
      : [
          row(words.listTotal, amount(totals.listTotal)),
          row(`${words.discount} (${totals.discountPercent}%)`, ltr(`−${groupThousands(totals.discount)}`)),
        ]),
    row(words.subtotal, amount(totals.subtotal)),
    row(
      words.delivery,
      delivery.kind === 'charge'
        ? amount(delivery.amount)
        : plain(delivery.kind === 'free' ? words.free : words.toBeConfirmed),
    ),
    row(`${words.vat} ${totals.vatPercent}%`, amount(totals.vat)),
    row(grandTotal, amount(totals.grandTotal), true),
  ];
};
