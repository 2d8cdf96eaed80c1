/** What the gate is asked about each touch, built from the context. */

import type { Touch, TouchRequest } from '../outreach/touch.ts';
import type { ConversationContext } from './context.ts';
import { WINDOW_MS } from './setup/transcript.ts';

/** Only a name that the customer or the CRM gave: a profile name may be anything (lesson F-05). */
const nameOf = ({ slots }: ConversationContext): string | null =>
  slots.name && slots.name.source !== 'profile' ? slots.name.value : null;

const request = (
  context: ConversationContext,
  touch: Touch,
  more: { readonly number?: string | null; readonly about?: string | null } = {},
): TouchRequest => ({
  conversationId: context.id,
  channelId: context.channelId,
  chatId: context.chatId,
  language: context.language,
  touch,
  name: nameOf(context),
  number: more.number ?? null,
  about: more.about ?? null,
  windowClosesAt: context.lastCustomerAt === null ? null : context.lastCustomerAt + WINDOW_MS,
});

export const stepRequest = (context: ConversationContext, step: number): TouchRequest => {
  const { chain } = context.outreach;
  if (!chain) throw new Error('There is no chain of follow-ups: start one before asking for its step.');
  const { kind, schedule, number } = chain;
  return request(context, { kind, schedule, step }, { number });
};

export const agreedRequest = (context: ConversationContext): TouchRequest => {
  const { agreed } = context.outreach;
  if (!agreed) throw new Error('No contact is agreed: agree on one before asking for it.');
  const touch = { kind: 'agreed', schedule: `agreed:${agreed.number}`, step: 1 } as const;
  return request(context, touch, { about: agreed.about });
};

export const errandRequest = (context: ConversationContext): TouchRequest => {
  const { errand } = context.outreach;
  if (!errand) throw new Error('There is no errand: keep it before asking for it.');
  return request(context, errand, { number: context.afterSale.order?.number ?? null });
};

/** The touch that an errand of the hourly run is: once an order and window, once a silence (domain 17.8, 18.1). */
export const errandOf = (
  context: ConversationContext,
  errand: 'payment' | 'reactivation',
  step: number,
): Touch => {
  const since = context.lastCustomerAt ?? 0;
  return errand === 'payment'
    ? { kind: 'payment', schedule: `order:${context.afterSale.order?.number ?? ''}:${since}`, step: 1 }
    : { kind: 'reactivation', schedule: `silence:${since}`, step };
};

export const feedbackRequest = (context: ConversationContext): TouchRequest => {
  const number = context.afterSale.order?.number ?? null;
  // One request a conversation, whatever it buys later (domain 18.3).
  return request(context, { kind: 'feedback', schedule: 'feedback', step: 1 }, { number });
};
