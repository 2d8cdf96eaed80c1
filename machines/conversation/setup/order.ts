/** What the order and consent regions ask and do. Amounts and preconditions are pure code under `sale/`. */
import { and, assign, stateIn } from 'xstate';
import { VALID_DAYS } from '../../quotation/dates.ts';
import type { RenderQuoteOutput } from '../../quotation/render.ts';
import type { CreatedQuote, CreateQuoteOutput } from '../actors.ts';
import {
  type ConsentStatus,
  type ConversationContext,
  LIMITS,
  type QuoteOutcome,
  type SaleStage,
} from '../context.ts';
import type { OrderProgressed } from '../events.ts';
import { eventOf, type MachineEvent, outputOf, timeOf } from '../machine-events.ts';
import { barredFromQuotes, missingForQuote } from '../sale/requirements.ts';
import { acceptsOutright, defersQuote, refusesQuote, saysYes } from '../sale/wishes.ts';
import { queueOutbound } from '../updates/dialogue.ts';
import * as updates from '../updates/sale.ts';
import { core } from './core.ts';
import { withCustomer } from './customer.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Domain 9.14: the last day counts whole, wherever the shop's midnight is. */
const GRACE_DAYS = 1;
const QUOTE_LIFE_MS = (VALID_DAYS + GRACE_DAYS) * DAY_MS;

/** News of the order that stands quoted here; of an earlier one they change nothing. */
const isOurs = (
  context: ConversationContext,
  event: MachineEvent,
  stage: OrderProgressed['stage'],
): boolean => {
  const news = eventOf(event, 'order.progressed');
  return news.stage === stage && news.number === context.sale.quote?.number;
};

const vocabulary = withCustomer.extend({
  guards: {
    hasLines: ({ context }) => context.order.lines.length > 0,
    hasSelectionOrQuestion: ({ context }) => context.order.lines.length > 0 || context.sale.question !== null,
    objectsToPrice: ({ event }) => eventOf(event, 'quote.objected').about === 'price',
    isPaid: ({ context, event }) => isOurs(context, event, 'paid'),
    isDelivered: ({ context, event }) => isOurs(context, event, 'delivered'),
    isCancelled: ({ context, event }) => isOurs(context, event, 'cancelled'),
    hasNoLines: ({ context }) => context.order.lines.length === 0,
    asksVariant: ({ context }) => context.sale.question?.kind === 'variant',
    asksQuantity: ({ context }) => context.sale.question?.kind === 'quantity',
    hasQuestion: ({ context }) => context.sale.question !== null,
    /** The question was asked so long ago that nobody will answer it any more (lesson F-02: never before two turns). */
    questionExpired: ({ context: { sale, turn } }) =>
      sale.question !== null && turn.number - sale.question.turn > LIMITS.questionTurns,
    quoteWanted: ({ context }) => context.sale.requestedAt !== null,
    nothingMissing: ({ context }) =>
      missingForQuote(context).length === 0 && barredFromQuotes(context) === null,
    consentGranted: stateIn({ consent: 'granted' }),
    consentDeclined: stateIn({ consent: 'declined' }),
    refusesQuote: ({ event }) => refusesQuote(eventOf(event, 'customer.message').text),
    defersQuote: ({ event }) => defersQuote(eventOf(event, 'customer.message').text),
    wasCreated: ({ event }) => outputOf<CreateQuoteOutput>(event).kind === 'created',
    wasRepriced: ({ event }) => outputOf<CreateQuoteOutput>(event).kind === 'repriced',
    /** Right after our question whether the offer suits, with nothing of ours in between (domain 9.22). */
    questionStands: ({ context }) =>
      context.sale.quote?.askedAfter !== null && context.sale.quote?.askedAfter === context.replies,
    saysYesToQuote: ({ context }) =>
      context.sale.stage === 'quoted' &&
      context.pending.length > 0 &&
      context.pending.every(
        ({ kind, text }) =>
          kind === 'text' &&
          (acceptsOutright(text) || (saysYes(text) && context.sale.quote?.askedAfter === context.replies)),
      ),
    /** Some quoted article is still wanted: this is a change of the same order, not a new one (domain 9.16). */
    revisesQuote: ({ context }) => {
      const quoted = new Set(context.sale.quote?.lines.map((line) => line.sku));
      return context.order.lines.some((line) => quoted.has(line.sku));
    },
    isQuotedSelection: ({ context }) => {
      const plain = (lines: readonly { readonly sku: string; readonly quantity: number }[] = []) =>
        lines
          .map((line) => `${line.sku}|${line.quantity}`)
          .sort()
          .join('\n');
      return plain(context.order.lines) === plain(context.sale.quote?.lines);
    },
    notAnnounced: ({ context }) => !context.sale.announced,
  },
  delays: {
    /** The paper waits for the answer that announces it, but not for ever. */
    quotePatience: 20_000,
    quoteExpires: ({ context, event }) => {
      const until = context.sale.quote?.validUntil ?? null;
      if (until === null) return QUOTE_LIFE_MS;
      // A paper that was long on its way still leaves a day to think.
      return Math.max(DAY_MS, Date.parse(`${until}T00:00:00Z`) + (1 + GRACE_DAYS) * DAY_MS - timeOf(event));
    },
  },
  actions: {
    setStage: assign(({ context }, stage: SaleStage) => updates.setStage(context, stage)),
    setConsent: assign(({ event }, status: ConsentStatus) =>
      updates.setConsent(status, 'at' in event && event.at !== undefined ? event.at : 0),
    ),
    dropQuestion: core.assign(({ context }) => updates.dropQuestion(context)),
    requestQuote: core.assign(({ context, event }) => updates.requestQuote(context, timeOf(event))),
    endRequest: core.assign(({ context }) => updates.endRequest(context)),
    markAnnounced: core.assign(({ context }) => updates.markAnnounced(context)),
    keepQuote: core.assign(({ context, event }) =>
      updates.keepQuote(context, outputOf<CreatedQuote>(event), timeOf(event)),
    ),
    keepPaper: core.assign(({ context, event }) =>
      updates.keepPaper(context, outputOf<RenderQuoteOutput>(event)),
    ),
    queuePaper: core.assign(({ context, event }) => {
      const file = context.sale.quote?.file;
      if (!file) throw new Error('There is no paper to send: render the quotation first.');
      return queueOutbound(context, {
        by: 'bot',
        // The file is the message; what is said about it follows as a message of its own (wire/01).
        text: '',
        file,
        at: timeOf(event),
      });
    }),
    keepPaperMessage: core.assign(({ context }) => updates.keepPaperMessage(context)),
    quoteSent: core.assign(({ context, event }) => updates.quoteSent(context, timeOf(event))),
    settleQuote: assign(({ context }, outcome: QuoteOutcome) => updates.settleQuote(context, outcome)),
    rejectQuote: core.assign(({ context, event }) =>
      updates.settleQuote(
        context,
        eventOf(event, 'quote.rejected').reason === 'no_response' ? 'no_response' : 'rejected',
      ),
    ),
    repriceLines: core.assign(({ context, event }) => {
      const output = outputOf<CreateQuoteOutput>(event);
      return output.kind === 'repriced' ? updates.repriceLines(context, output.lines) : {};
    }),
    startNewOrder: core.assign(({ context, event }) => updates.startNewOrder(context, timeOf(event))),
  },
});

export const withOrder = vocabulary.extend({
  actions: {
    /** Accepted: a person arranges invoice, payment and delivery (domain 9.22). */
    handAcceptedOver: vocabulary.raise(({ context, event }) => ({
      type: 'bot.handOver',
      trigger: 0,
      summary: `The customer accepted quotation ${context.sale.quote?.number ?? ''} R${context.sale.quote?.revision ?? 1}: invoice, payment and delivery are to be arranged.`,
      now: true,
      at: timeOf(event),
    })),
    tellQuoteSent: vocabulary.raise(({ event }) => ({ type: 'quote.sent', at: timeOf(event) })),
    tellSuperseded: vocabulary.raise(({ event }) => ({ type: 'order.superseded', at: timeOf(event) })),
    /** A plain yes to our question: recorded, and a person takes the order on (domain 9.22). */
    acceptQuote: vocabulary.raise(({ event }) => ({ type: 'quote.accepted', at: timeOf(event) })),
  },
});

/** The one condition under which a quotation is made (domain 9.1, 11.12; lesson F-06). */
export const mayQuote = and(['quoteWanted', 'consentGranted', 'nothingMissing', 'botOwns']);
