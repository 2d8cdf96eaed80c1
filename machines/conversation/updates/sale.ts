/** How the sale goes on: pure `(context, …) → changed parts`. */
import type { RenderQuoteOutput } from '../../quotation/render.ts';
import type { CreatedQuote } from '../actors.ts';
import {
  type ConsentStatus,
  type ConversationContext,
  LIMITS,
  type PastQuote,
  type Quote,
  type QuoteOutcome,
  type Sale,
  type SaleStage,
} from '../context.ts';
import { linesForCustomer, orderOf, totalsOf } from '../sale/pricing.ts';
import type { Update } from './update.ts';

const change = (context: ConversationContext, part: Partial<Sale>): Update => ({
  sale: { ...context.sale, ...part },
});

const changeQuote = (context: ConversationContext, part: Partial<Quote>): Update =>
  context.sale.quote === null ? {} : change(context, { quote: { ...context.sale.quote, ...part } });

export const setStage = (context: ConversationContext, stage: SaleStage): Update =>
  change(context, { stage });

export const setConsent = (status: ConsentStatus, at: number): Update => ({ consent: { status, at } });

export const dropQuestion = (context: ConversationContext): Update => change(context, { question: null });

/** The customer waits for a quotation from now on. */
export const requestQuote = (context: ConversationContext, at: number): Update =>
  change(context, { requestedAt: at, announced: false });

/** Nobody waits for a quotation any more. */
export const endRequest = (context: ConversationContext): Update =>
  change(context, { requestedAt: null, announced: false });

export const markAnnounced = (context: ConversationContext): Update => change(context, { announced: true });

/** Inventory has the order: the quotation exists, though the customer has not got it (domain 9.17). */
export const keepQuote = (context: ConversationContext, made: CreatedQuote, at: number): Update => {
  const totals = totalsOf(context);
  if (totals === null)
    throw new Error('A quotation was made of nothing: the order lost its lines meanwhile.');
  const { quote: before } = context.sale;
  const quote: Quote = {
    number: made.number,
    orderId: made.orderId,
    revision: made.revision,
    at,
    language: context.language,
    lines: context.order.lines,
    currency: totals.currency,
    subtotal: totals.subtotal,
    vat: totals.vat,
    grandTotal: totals.grandTotal,
    delivery: totals.delivery.kind === 'charge' ? totals.delivery.amount : deliveryText(totals.delivery.kind),
    file: null,
    validUntil: null,
    messageId: null,
    sentAt: null,
    askedAfter: null,
    outcome: 'open',
  };
  const history =
    before === null ? context.sale.history : remembered(context.sale.history, before, 'superseded');
  return change(context, { quote, history });
};

const deliveryText = (kind: 'free' | 'to_be_confirmed'): string | null => (kind === 'free' ? '0.00' : null);

/** What the customer never got is no history of theirs. */
const remembered = (
  history: readonly PastQuote[],
  quote: Quote,
  outcome: QuoteOutcome,
): readonly PastQuote[] => {
  if (quote.sentAt === null) return history;
  const { number, revision, at, currency, grandTotal, sentAt } = quote;
  return [...history, { number, revision, at, currency, grandTotal, sentAt, outcome }].slice(
    -LIMITS.pastQuotes,
  );
};

export const keepPaper = (context: ConversationContext, paper: RenderQuoteOutput): Update =>
  changeQuote(context, { file: paper.file, validUntil: paper.validUntil });

export const keepPaperMessage = (context: ConversationContext): Update =>
  changeQuote(context, { messageId: context.outbound.at(-1)?.localId ?? null });

/** The customer has the paper and is asked whether it suits. */
export const quoteSent = (context: ConversationContext, at: number): Update => ({
  ...change(context, {
    requestedAt: null,
    announced: false,
    quote:
      context.sale.quote === null ? null : { ...context.sale.quote, sentAt: at, askedAfter: context.replies },
  }),
});

export const settleQuote = (context: ConversationContext, outcome: QuoteOutcome): Update =>
  changeQuote(context, { outcome });

/** Inventory's prices are others now: the selection follows, and the customer is told before anything is made. */
export const repriceLines = (
  context: ConversationContext,
  fresh: readonly { readonly sku: string; readonly listPrice: string }[],
): Update => {
  const prices = new Map(fresh.map((line) => [line.sku, line.listPrice]));
  const lines = context.order.lines.map((line) => {
    const listPrice = prices.get(line.sku);
    return listPrice === undefined ? line : { ...line, listPrice };
  });
  return { order: orderOf(linesForCustomer(context, lines)) };
};

/**
 * A new request after a quotation: the old one becomes history and nothing of it leaks (lesson F-04). The selection
 * is the new one already; what the customer said of themselves stays, the address has to be confirmed.
 */
export const startNewOrder = (context: ConversationContext, at: number): Update => {
  const { quote, history, serial } = context.sale;
  return change(context, {
    serial: serial + 1,
    since: at,
    ordered: null,
    requestedAt: null,
    detailsAskedAt: null,
    announced: false,
    quote: null,
    history:
      quote === null
        ? history
        : remembered(history, quote, quote.outcome === 'open' ? 'superseded' : quote.outcome),
  });
};
