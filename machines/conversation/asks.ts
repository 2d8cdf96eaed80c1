/** The questions of this turn, computed from state before the model is asked (lesson F-10). */
import type { ConversationContext, SlotName } from './context.ts';
import { gathersDetails, isOffTheQuotation } from './sale/gathering.ts';
import { askableSlots } from './sale/requirements.ts';

/** Domain 3.7: one question in the first reply, two later. */
const limitOf = (context: ConversationContext): number => (context.replies === 0 ? 1 : 2);

/**
 * What this turn may ask for (domain 3.5-3.7): no known slot, and none that was asked for already, except the pieces
 * that a wanted quotation cannot do without: those again only when the customer is back at the quotation.
 */
export const allowedAsks = (context: ConversationContext): readonly SlotName[] => {
  if (isOffTheQuotation(context)) return [];
  if (gathersDetails(context)) return askableSlots(context).slice(0, limitOf(context));
  const open = (slot: SlotName) => !context.slots[slot] && !context.asked.includes(slot);
  if (open('name')) return ['name'];
  if (context.order.lines.length > 0 && open('company')) return ['company'];
  return [];
};

/** The same for the model. */
export const askLine = (context: ConversationContext): string => {
  const limit = limitOf(context) === 1 ? 'Ask at most one question.' : 'Ask at most two questions.';
  const asks = allowedAsks(context);
  if (isOffTheQuotation(context))
    return `${limit} Do not ask again for the details of the quotation: they were asked for, and the customer speaks of something else now.`;
  if (gathersDetails(context) && asks.length > 0) return `${limit} Ask now for: ${asks.join(', ')}.`;
  const [ask] = asks;
  if (ask === 'name')
    return `${limit} After your answer you may ask how to address the customer; never make it a condition.`;
  if (ask === 'company') return `${limit} You may ask which company the furniture is for.`;
  return `${limit} Do not ask for the customer's name or for anything listed as known.`;
};
