/** What the CRM and the profile say of the customer: never stronger than the customer's own words (lesson F-05). */
import { touchIn } from '../../attribution/touch.ts';
import type { IdentifyOutput } from '../actors.ts';
import type { ConversationContext, Slot, SlotName } from '../context.ts';
import type { CustomerMessage } from '../events.ts';
import type { Update } from './update.ts';

/** A profile name is a hint only: it never replaces what the customer or the CRM said (lesson F-05). */
export const withProfileName = (
  context: ConversationContext,
  event: CustomerMessage,
): ConversationContext['slots'] => {
  const name = event.contactName?.replace(/\s+/g, ' ').trim() ?? '';
  const usable = /^[\p{L}][\p{L}\p{M}'’. -]{1,60}$/u.test(name);
  if (!usable || context.slots.name) return context.slots;
  return { ...context.slots, name: { value: name, source: 'profile', at: event.at ?? 0 } };
};

/** What a message says of where the customer came from (domain 11.7). */
export const originOf = ({ origin }: ConversationContext, text: string): Update => {
  const touch = touchIn(text);
  return touch === null ? {} : { origin: { first: origin?.first ?? touch, latest: touch } };
};

/** CRM facts fill slots that the customer did not fill (domain 11.3; explicit beats inferred). */
export const applyIdentity = (context: ConversationContext, output: IdentifyOutput, at: number): Update => {
  const { contact } = output;
  if (!contact) return { customer: { ...context.customer, kind: 'new' } };
  const slots: Partial<Record<SlotName, Slot>> = { ...context.slots };
  for (const [slot, value] of [
    ['name', contact.name],
    ['company', contact.company],
    ['email', contact.email],
  ] as const) {
    if (value && slots[slot]?.source !== 'said') slots[slot] = { value, source: 'crm', at };
  }
  return {
    slots,
    customer: {
      ...context.customer,
      kind: 'returning',
      crmContactId: contact.id,
      segment: contact.segment,
      purchases: output.purchases ?? null,
    },
  };
};
