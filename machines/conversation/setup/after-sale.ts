/** What the region after the sale asks and does: orders under way, feedback (domain 18). */
import { FEEDBACK_FROM_MS, FEEDBACK_UNTIL_MS, inBusinessTime } from '../../outreach/schedule.ts';
import type { TouchDecision } from '../../outreach/touch.ts';
import type { FeedbackParams, OrderNews } from '../actors.ts';
import type { ConversationContext } from '../context.ts';
import { eventOf, outputOf, timeOf } from '../machine-events.ts';
import { openQuote } from '../open-quote.ts';
import * as updates from '../updates/after-sale.ts';
import { core } from './core.ts';
import { timingOf, withOutreach } from './outreach.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Answers that come later are about something else. */
const FEEDBACK_PATIENCE_MS = 7 * DAY_MS;
/** While a person has the chat the request waits by the hour. */
const OWNER_PATIENCE_MS = 60 * 60 * 1000;

const feedbackDue = (context: ConversationContext): number => {
  const deliveredAt = context.afterSale.order?.deliveredAt ?? 0;
  return inBusinessTime(timingOf(context), deliveredAt + FEEDBACK_FROM_MS);
};

const newsOf = (event: unknown): OrderNews | null => outputOf<OrderNews | null>(event);

const vocabulary = withOutreach.extend({
  guards: {
    /** News of our order, from the region's own look or from outside. */
    orderIs: ({ context, event }, stage: 'paid' | 'delivered' | 'cancelled') => {
      const news = eventOf(event, 'order.progressed');
      return news.stage === stage && news.number === context.afterSale.order?.number;
    },
    looksDelivered: ({ event }) => newsOf(event)?.stage === 'delivered',
    looksCancelled: ({ event }) => newsOf(event)?.stage === 'cancelled',
    /** Domain 18.3: 24 to 48 hours after delivery, counted in business time. */
    feedbackIsLate: ({ context, event }) =>
      timeOf(event) >= feedbackDue(context) + FEEDBACK_UNTIL_MS - FEEDBACK_FROM_MS,
    feedbackIsComplete: ({ context }) => updates.nextQuestion(context.afterSale.answers) === null,
  },
  delays: {
    feedbackDue: ({ context, event }) =>
      Math.max(0, Math.max(feedbackDue(context), context.afterSale.waitUntil ?? 0) - timeOf(event)),
    feedbackPatience: FEEDBACK_PATIENCE_MS,
  },
  actions: {
    recordFeedback: (_, _params: FeedbackParams) => undefined,
    keepOrder: core.assign(({ context, event }) => {
      const at = timeOf(event);
      return updates.keepOrder(context, openQuote(context)?.number ?? '', at);
    }),
    dropOrder: core.assign(({ context }) => updates.dropOrder(context)),
    keepNews: core.assign(({ context, event }) => updates.keepNews(context, newsOf(event), timeOf(event))),
    /** Inventory could not be asked: the next run tries again. */
    noNews: core.assign(({ context, event }) => updates.keepNews(context, null, timeOf(event))),
    markPaid: core.assign(({ context, event }) => updates.markPaid(context, timeOf(event))),
    markDelivered: core.assign(({ context, event }) => updates.markDelivered(context, timeOf(event))),
    waitForOwner: core.assign(({ context, event }) =>
      updates.waitForFeedback(context, timeOf(event) + OWNER_PATIENCE_MS),
    ),
    waitForGate: core.assign(({ context, event }) => {
      const decision = outputOf<TouchDecision>(event);
      return updates.waitForFeedback(context, decision.verdict === 'wait' ? decision.until : null);
    }),
    feedbackRequested: core.assign(({ context, event }) => updates.requested(context, timeOf(event))),
    feedbackIsOver: core.assign(({ context }) => ({ afterSale: { ...context.afterSale, over: true } })),
    stopAsking: core.assign(({ context }) => updates.stopAsking(context)),
  },
});

export const withAfterSale = vocabulary.extend({
  actions: {
    /** Tells the order what Inventory said, once. */
    raiseNews: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const { order } = context.afterSale;
      const news = newsOf(event);
      if (!order || !news) return;
      const tell = (stage: 'paid' | 'delivered' | 'cancelled') =>
        enqueue.raise({ type: 'order.progressed', number: order.number, stage, at: timeOf(event) });
      if (news.paid && order.paidAt === null) tell('paid');
      if (news.stage !== 'open') tell(news.stage);
    }),
    /** What was answered is kept, all of it or a part; nothing answered is no record (domain 18.3). */
    keepFeedback: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const { answers, order, requestedAt } = context.afterSale;
      if (Object.values(answers).every((value) => value === null)) return;
      enqueue({
        type: 'recordFeedback',
        params: {
          conversationId: context.id,
          order: order?.number ?? null,
          ...answers,
          requestedAt: requestedAt ?? timeOf(event),
          at: timeOf(event),
        },
      });
    }),
  },
});
