/** The sale of a conversation as the API says it: quotation, earlier ones, consent. */
import type { ConversationContext } from '../../machines/conversation/context.ts';
import type { ConversationDetail } from '../api/schemas.ts';
import { iso } from './rows.ts';

type SaleView = ConversationDetail['sale'];
type Quote = NonNullable<ConversationContext['sale']['quote']>;

const quoteView = (quote: Quote): SaleView['quote'] => {
  const money = (amount: string) => ({ amount, currency: quote.currency });
  return {
    number: quote.number,
    orderId: quote.orderId,
    revision: quote.revision,
    outcome: quote.outcome,
    subtotal: money(quote.subtotal),
    vat: money(quote.vat),
    total: money(quote.grandTotal),
    delivery: quote.delivery === null ? null : money(quote.delivery),
    validUntil: quote.validUntil,
    sentAt: quote.sentAt === null ? null : iso(quote.sentAt),
    messageId: quote.messageId,
  };
};

export const saleView = ({ sale, consent }: Pick<ConversationContext, 'sale' | 'consent'>): SaleView => ({
  stage: sale.stage,
  quote: sale.quote === null ? null : quoteView(sale.quote),
  history: sale.history.map((past) => ({
    number: past.number,
    revision: past.revision,
    outcome: past.outcome,
    total: { amount: past.grandTotal, currency: past.currency },
    at: iso(past.at),
  })),
  consent: { status: consent.status, at: consent.at === 0 ? null : iso(consent.at) },
});
