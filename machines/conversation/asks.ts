/** The questions of this turn, computed from state before the model is asked (lesson F-10). */
import type { ConversationContext, SlotName } from './context.ts';

/** What this turn may ask for (domain 3.5-3.7): one question in the first reply, two later, no known or asked slot. */
export const allowedAsk = (context: ConversationContext): SlotName | null => {
  const open = (slot: SlotName) => !context.slots[slot] && !context.asked.includes(slot);
  if (open('name')) return 'name';
  if (context.order.lines.length > 0 && open('company')) return 'company';
  return null;
};

/** The same for the model. */
export const askLine = (context: ConversationContext): string => {
  const limit = context.replies === 0 ? 'Ask at most one question.' : 'Ask at most two questions.';
  const ask = allowedAsk(context);
  if (ask === 'name')
    return `${limit} After your answer you may ask how to address the customer; never make it a condition.`;
  if (ask === 'company') return `${limit} You may ask which company the furniture is for.`;
  return `${limit} Do not ask for the customer's name or for anything listed as known.`;
};
