import { namesACompany, saysNoName } from '../../slots/kinds.ts';
import type { ConversationContext, Slot, SlotName } from '../context.ts';
import { asksForQuote, refusesQuote } from '../sale/wishes.ts';
import { always, type ChangeTool, text, toolSpec } from './tool.ts';

const CUSTOMER_SLOTS: readonly SlotName[] = [
  'name',
  'company',
  'individual',
  'email',
  'position',
  'business',
  'address',
  'need',
  'budget',
];

/** Keeps what customers say about themselves, as said by them (lesson F-05). */
export const updateCustomer: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'update_customer',
    'Keep what the customer said about themselves. Only what they said, nothing guessed.',
    Object.fromEntries(
      CUSTOMER_SLOTS.map((slot) => [slot, slot === 'individual' ? { type: 'boolean' } : text(slot)]),
    ),
    [],
  ),
  isOffered: always,
  problem: () => null,
  apply: (context, args, at) => {
    const slots = fillSlots(context.slots, args, at);
    const customer = slots === context.slots ? context.customer : { ...context.customer, dirty: true };
    return { update: { slots, customer }, raise: [], answer: { ok: true, known: plainSlots(slots) } };
  },
};

/** Long enough for an address or a need, short enough to stay a fact. */
const MAX_SLOT_CHARS = 300;

/** Keeps what the customer said. `individual: true` clears a company that was only inferred, never a said one (domain 9.3). */
export const fillSlots = (
  slots: ConversationContext['slots'],
  args: Readonly<Record<string, unknown>>,
  at: number,
): ConversationContext['slots'] => {
  const next: Partial<Record<SlotName, Slot>> = { ...slots };
  let changed = false;
  for (const slot of CUSTOMER_SLOTS) {
    const value = slotValue(args[slot]);
    if (
      value === null ||
      isRequest(slot, value) ||
      (slots[slot]?.value === value && slots[slot]?.source === 'said')
    )
      continue;
    next[slot] = { value, source: 'said', at };
    changed = true;
  }
  return changed ? next : slots;
};

/** "Quotation please", put after we asked for the company, is no company, and "compare the first two" nobody's name. */
const isRequest = (slot: SlotName, value: string): boolean =>
  (slot === 'name' && saysNoName(value)) ||
  ((slot === 'name' || slot === 'company') &&
    (asksForQuote(value) || refusesQuote(value)) &&
    !namesACompany(value));

const slotValue = (raw: unknown): string | null => {
  if (typeof raw === 'boolean') return raw ? 'yes' : null;
  if (typeof raw !== 'string') return null;
  const value = raw.replace(/\s+/g, ' ').trim();
  return value === '' || value.length > MAX_SLOT_CHARS ? null : value;
};

const plainSlots = (slots: ConversationContext['slots']): Record<string, string> =>
  Object.fromEntries(Object.entries(slots).map(([slot, fact]) => [slot, fact.value]));
