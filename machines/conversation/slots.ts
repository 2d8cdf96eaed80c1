/** The customer's facts as the CRM takes them (domain 11.5). A profile name is a hint, not a fact, and stays here. */
import type { ConversationContext } from './context.ts';

export const slotFields = (context: ConversationContext): Record<string, string> =>
  Object.fromEntries(
    Object.entries(context.slots)
      .filter(([, slot]) => slot.source === 'said')
      .map(([name, slot]) => [name, slot.value]),
  );
