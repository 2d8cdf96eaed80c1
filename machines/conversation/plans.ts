/** What a conversation plans to write first, and when: read models and the dry run are made from it (domain 17.13). */
import { FEEDBACK_FROM_MS, inBusinessTime, PAYMENT_PATIENCE_MS, stepDue } from '../outreach/schedule.ts';
import type { TouchRequest } from '../outreach/touch.ts';
import type { ConversationContext } from './context.ts';
import { timingOf } from './setup/outreach.ts';
import { agreedRequest, errandOf, feedbackRequest, stepRequest } from './touches.ts';

export interface Plan {
  /** `order_check`: the order is looked at, nobody is written to. */
  readonly kind: 'follow_up' | 'quiet' | 'agreed' | 'payment' | 'feedback' | 'order_check';
  readonly schedule: string;
  readonly step: number;
  /** Ms since the epoch. */
  readonly dueAt: number;
}

/** Between two looks at an accepted order (domain 18.4): deliveries take days. */
const ORDER_CHECK_MS = 6 * 60 * 60 * 1000;

export const plansOf = (context: ConversationContext): readonly Plan[] => [
  ...chainPlan(context),
  ...agreedPlan(context),
  ...orderPlans(context),
];

const chainPlan = (context: ConversationContext): readonly Plan[] => {
  const { chain, waitUntil, pause } = context.outreach;
  if (!chain) return [];
  const step = chain.done + 1;
  const due = stepDue(timingOf(context), chain.startedAt, step);
  if (due === null) return [];
  const { kind, schedule } = chain;
  return [{ kind, schedule, step, dueAt: Math.max(due, waitUntil ?? 0, pause?.until ?? 0) }];
};

const agreedPlan = ({ outreach }: ConversationContext): readonly Plan[] => {
  const { agreed, waitUntil } = outreach;
  if (!agreed) return [];
  const dueAt = Math.max(agreed.at, waitUntil ?? 0);
  return [{ kind: 'agreed', schedule: `agreed:${agreed.number}`, step: 1, dueAt }];
};

const orderPlans = (context: ConversationContext): readonly Plan[] => {
  const { order, requestedAt, waitUntil } = context.afterSale;
  if (!order) return [];
  const plans: Plan[] = [];
  if (order.paidAt === null && order.deliveredAt === null) {
    const { schedule } = errandOf(context, 'payment', 1);
    plans.push({ kind: 'payment', schedule, step: 1, dueAt: order.acceptedAt + PAYMENT_PATIENCE_MS });
  }
  if (order.deliveredAt === null) {
    const dueAt = order.checkedAt + ORDER_CHECK_MS;
    plans.push({ kind: 'order_check', schedule: `order:${order.number}`, step: 1, dueAt });
  } else if (requestedAt === null && !context.afterSale.over) {
    const due = inBusinessTime(timingOf(context), order.deliveredAt + FEEDBACK_FROM_MS);
    plans.push({ kind: 'feedback', schedule: 'feedback', step: 1, dueAt: Math.max(due, waitUntil ?? 0) });
  }
  return plans;
};

/** What the gate would be asked about a plan; null: nothing, nobody is written to. */
export const requestOf = (
  context: ConversationContext,
  plan: Pick<Plan, 'kind' | 'step'>,
): TouchRequest | null => {
  switch (plan.kind) {
    case 'follow_up':
    case 'quiet':
      return context.outreach.chain ? stepRequest(context, plan.step) : null;
    case 'agreed':
      return context.outreach.agreed ? agreedRequest(context) : null;
    case 'feedback':
      return context.afterSale.order ? feedbackRequest(context) : null;
    case 'payment':
      return {
        ...feedbackRequest(context),
        touch: errandOf(context, 'payment', 1),
      };
    case 'order_check':
      return null;
  }
};
