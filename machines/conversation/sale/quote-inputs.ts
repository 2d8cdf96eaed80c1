/** What the programs of a quotation are given, from the order in the context. Small: it lives in the journal. */
import type { RenderQuoteInput } from '../../quotation/render.ts';
import type { CreateQuoteInput } from '../actors.ts';
import type { ConversationContext, QuoteOutcome } from '../context.ts';
import { discountOf, listPriceOf, termsOf, totalsOf } from './pricing.ts';

const MISSING = 'A quotation is made of a complete order only; the guard of its transition let one through.';

/** Facts of this order only (lesson F-05). An individual has no company, whatever was inferred. */
const customerOf = ({ slots, chatId }: ConversationContext) => {
  const { name, company, individual, email, address } = slots;
  if (!name || !email || !address) throw new Error(MISSING);
  const isCompany = company !== undefined && (individual === undefined || company.source === 'said');
  return {
    name: name.value,
    company: isCompany ? company.value : null,
    email: email.value,
    phone: `+${chatId.replace(/\D/g, '')}`,
    address: address.value,
  };
};

/** One Inventory order for each order of the conversation, however often it is tried or revised (domain 9.16, 9.18). */
export const orderKey = (context: ConversationContext): string =>
  `${context.id}:order:${context.sale.serial}`;

export const createQuoteInput = (context: ConversationContext): CreateQuoteInput => ({
  conversationId: context.id,
  orderKey: orderKey(context),
  revision: (context.sale.quote?.revision ?? 0) + 1,
  customer: customerOf(context),
  lines: context.order.lines.map((line) => ({
    sku: line.sku,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    listPrice: listPriceOf(line),
  })),
  deliveryCharge: chargeOf(context),
});

/** What delivery adds to the order: nothing when it is free or not known yet (domain 9.12). */
const chargeOf = (context: ConversationContext): string | null => {
  const delivery = totalsOf(context)?.delivery;
  return delivery?.kind === 'charge' ? delivery.amount : null;
};

export const renderQuoteInput = (context: ConversationContext): RenderQuoteInput => {
  const { quote } = context.sale;
  if (quote === null) throw new Error('There is no quotation to render.');
  const { vatPercent, deliveryCharge, freeDeliveryFrom } = termsOf(context);
  return {
    conversationId: context.id,
    number: quote.number,
    revision: quote.revision,
    at: quote.at,
    language: quote.language,
    customer: customerOf(context),
    lines: quote.lines.map((line) => ({
      sku: line.sku,
      name: line.name,
      quantity: line.quantity,
      listPrice: listPriceOf(line),
    })),
    currency: quote.currency,
    vatPercent,
    deliveryCharge,
    freeDeliveryFrom,
    discountPercent: discountOf(context),
  };
};

/** What became of each quotation of this conversation, by number; the newest revision counts. */
export const quoteOutcomes = ({ sale }: ConversationContext): Readonly<Record<string, QuoteOutcome>> =>
  Object.fromEntries(
    [...sale.history, ...(sale.quote === null ? [] : [sale.quote])].map(({ number, outcome }) => [
      number,
      outcome,
    ]),
  );
