/** What the sale adds to the facts that a reply may state: totals, quotations, orders that were read (domain 14.2). */
import { VALID_DAYS } from '../../quotation/dates.ts';
import { quoteLabel } from '../../quotation/number.ts';
import type { ConversationContext } from '../context.ts';
import type { DoneEffect, GroundingFacts, QuoteFacts } from '../grounding/facts.ts';
import { discountOf, termsOf, totalsOf } from './pricing.ts';

type SaleFacts = Pick<
  GroundingFacts,
  'lines' | 'quote' | 'vatPercent' | 'discountPercent' | 'effects' | 'statements'
>;

/** `statements`: what may be repeated of orders and earlier quotations. */
export const saleFactsOf = (context: ConversationContext): SaleFacts => ({
  // What was quoted may still be spoken of while the selection changes.
  lines: [...context.order.lines, ...(context.sale.quote?.lines ?? [])],
  quote: quoteFactsOf(context),
  vatPercent: termsOf(context).vatPercent,
  discountPercent: discountOf(context),
  effects: effectsOf(context),
  statements: [
    ...(context.turn.evidence.orders ?? []).map((order) => Object.values(order).flatMap(wordsOf).join(' ')),
    ...context.sale.history.map(
      ({ number, revision, grandTotal, currency }) =>
        `${quoteLabel(number, revision)} ${grandTotal} ${currency}`,
    ),
  ],
});

const wordsOf = (value: string | object | null): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : Object.values(value).map(String);

/** The quotation that was sent; before that, what one of the selection would come to (domain 9.4). */
const quoteFactsOf = (context: ConversationContext): QuoteFacts | null => {
  const { quote } = context.sale;
  if (quote !== null) {
    const { subtotal, vat, grandTotal, delivery, validUntil } = quote;
    return {
      label: quoteLabel(quote.number, quote.revision),
      subtotal,
      vat,
      total: grandTotal,
      delivery,
      validUntil,
      validDays: VALID_DAYS,
    };
  }
  const totals = totalsOf(context);
  return totals === null
    ? null
    : {
        label: '',
        subtotal: totals.subtotal,
        vat: totals.vat,
        total: totals.grandTotal,
        delivery: totals.delivery.kind === 'charge' ? totals.delivery.amount : null,
        validUntil: null,
        validDays: VALID_DAYS,
      };
};

/** Only what really happened may be claimed (lesson F-06). */
const effectsOf = ({ sale }: ConversationContext): readonly DoneEffect[] => {
  const isSent = sale.quote !== null && sale.quote.sentAt !== null;
  return [
    ...(isSent ? (['quote_created', 'quote_sent'] as const) : []),
    ...(sale.stage === 'quoting' ? (['quote_under_way'] as const) : []),
    ...(sale.ordered?.decision === 'confirm' ? (['order_confirmed'] as const) : []),
  ];
};
