/** What a quotation needs before it may be made (domain 9.1-9.3, 11.12). The machine decides it, never the model. */
import { isSpecificAddress } from '../../slots/address.ts';
import { findEmail } from '../../slots/contacts.ts';
import type { ConversationContext, Slot, SlotName } from '../context.ts';
import { asksForQuote, offersQuote, refusesQuote, saysNo } from './wishes.ts';

/** A piece that is missing; with a suggestion it is read back once instead of asked for (domain 9.3). */
export interface MissingPiece {
  readonly piece: 'items' | 'variant' | 'quantity' | 'name' | 'company' | 'address' | 'email';
  readonly suggestion: string | null;
}

/** All that is missing, in the order in which it should be asked for. */
export const missingForQuote = (context: ConversationContext): readonly MissingPiece[] => {
  const { slots, order, sale } = context;
  const missing: MissingPiece[] = [];
  if (order.lines.length === 0) missing.push({ piece: 'items', suggestion: null });
  if (sale.question !== null) {
    missing.push({
      piece: sale.question.kind,
      suggestion: sale.question.kind === 'quantity' ? sale.question.sku : null,
    });
  }
  if (!slots.name) missing.push({ piece: 'name', suggestion: null });
  if (!isSaid(slots.company) && !isSaid(slots.individual)) {
    missing.push({ piece: 'company', suggestion: slots.company?.value ?? null });
  }
  if (!isAddressOfThisOrder(context)) {
    missing.push({ piece: 'address', suggestion: oldAddress(context) });
  }
  if (!isSaid(slots.email) || !isEmail(slots.email?.value ?? '')) {
    missing.push({ piece: 'email', suggestion: suggestedEmail(slots.email) });
  }
  return missing;
};

const isEmail = (text: string): boolean => findEmail(text) === text.toLowerCase();

const isSaid = (slot: Slot | undefined): boolean => slot?.source === 'said';

const suggestedEmail = (slot: Slot | undefined): string | null =>
  slot !== undefined && slot.source !== 'said' && isEmail(slot.value) ? slot.value : null;

/** An address belongs to the order it was given for: an earlier one's is read back, never reused (lesson F-04). */
const isAddressOfThisOrder = ({ slots, sale }: ConversationContext): boolean =>
  slots.address !== undefined &&
  slots.address.source === 'said' &&
  slots.address.at >= sale.since &&
  isSpecificAddress(slots.address.value);

const oldAddress = ({ slots }: ConversationContext): string | null =>
  slots.address !== undefined && isSpecificAddress(slots.address.value) ? slots.address.value : null;

/** The CRM's flag is one of the contact's segments. */
const BLACKLISTED = /\bblack[ -]?list/i;

/** Why no quotation may be made for this customer at all, for the model; `null` when one may. */
export const barredFromQuotes = (context: ConversationContext): string | null =>
  BLACKLISTED.test(context.customer.segment ?? '')
    ? 'A colleague deals with quotations for this customer and has been told; serve politely otherwise.'
    : null;

/**
 * Whether the customer's own words of this burst may count as consent: they ask for a quotation, or answer our question
 * whether they want one (domain 9.1, lesson F-06). A granted consent stands until it is taken back.
 */
export const mayConsent = (context: ConversationContext): boolean => {
  const burst = context.pending.map((message) => message.text).join('\n');
  if (refusesQuote(burst)) return false;
  if (context.consent.status === 'granted' || asksForQuote(burst)) return true;
  if (context.consent.status === 'declined') return false;
  const lastReply = context.dialogue.findLast((line) => line.from === 'bot');
  return lastReply !== undefined && burst !== '' && !saysNo(burst) && offersQuote(lastReply.text);
};

/** Slots that the missing pieces ask for. */
export const askableSlots = (context: ConversationContext): readonly SlotName[] =>
  missingForQuote(context).flatMap(({ piece }) =>
    piece === 'name' || piece === 'company' || piece === 'address' || piece === 'email' ? [piece] : [],
  );
