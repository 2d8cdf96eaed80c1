/** How an accepted order and its feedback go on: pure `(context, fact) → changed parts`. */
import type { OrderNews } from '../actors.ts';
import {
  type AfterSale,
  type ConversationContext,
  FEEDBACK_QUESTIONS,
  type FeedbackAnswers,
  type FeedbackQuestion,
} from '../context.ts';
import type { Update } from './update.ts';

const change = (context: ConversationContext, facts: Partial<AfterSale>): Update => ({
  afterSale: { ...context.afterSale, ...facts },
});

export const keepOrder = (context: ConversationContext, number: string, at: number): Update =>
  change(context, {
    order: { number, acceptedAt: at, paidAt: null, deliveredAt: null, checkedAt: at },
    over: false,
  });

export const dropOrder = (context: ConversationContext): Update => change(context, { order: null });

/** What Inventory said; a moment that is known already stays. */
export const keepNews = (context: ConversationContext, news: OrderNews | null, at: number): Update => {
  const { order } = context.afterSale;
  if (!order) return {};
  return change(context, {
    order: {
      ...order,
      checkedAt: at,
      paidAt: order.paidAt ?? (news?.paid ? at : null),
      deliveredAt: order.deliveredAt ?? (news?.stage === 'delivered' ? at : null),
    },
  });
};

export const markPaid = (context: ConversationContext, at: number): Update => {
  const { order } = context.afterSale;
  return order ? change(context, { order: { ...order, paidAt: order.paidAt ?? at } }) : {};
};

export const markDelivered = (context: ConversationContext, at: number): Update => {
  const { order } = context.afterSale;
  return order ? change(context, { order: { ...order, deliveredAt: order.deliveredAt ?? at } }) : {};
};

export const waitForFeedback = (context: ConversationContext, until: number | null): Update =>
  change(context, { waitUntil: until });

export const requested = (context: ConversationContext, at: number): Update =>
  change(context, { requestedAt: at, asking: true, waitUntil: null });

export const stopAsking = (context: ConversationContext): Update =>
  change(context, { asking: false, waitUntil: null });

export const answer = (context: ConversationContext, answers: Partial<FeedbackAnswers>): Update =>
  change(context, { answers: { ...context.afterSale.answers, ...answers } });

/** The first question without an answer; null: all four are answered. */
export const nextQuestion = (answers: FeedbackAnswers): FeedbackQuestion | null =>
  FEEDBACK_QUESTIONS.find((question) => answers[question] === null) ?? null;
